using CloudPump.Analyzers.Measures;
using CloudPump.Events;

namespace CloudPump.Analyzers.Sessions;

/// <summary>
/// Sessions by key, each with its measures. Stretches of events of a key that are closer than the gap are one session, in whatever order they come. The same for a piece in
/// the making and for a shard's state.
/// </summary>
internal sealed class SessionSet(MeasureSet measures, long gap)
{
    private const int None = -1;
    private readonly GroupPool _pool = new(measures);
    private KeyTable _keys = new();
    private Chunks<int> _first = new();
    private Chunks<Session> _sessions = new();

    /// <summary>How many sessions there are.</summary>
    public int Count { get; private set; }

    public Measure[] Columns => _pool.Columns;

    public ref readonly Session this[int session] => ref _sessions[session];

    public ReadOnlySpan<byte> Key(int session) => _keys[_sessions[session].Key];

    public ulong Hash(int session) => _keys.Hash(_sessions[session].Key);

    /// <summary>The sessions, by number; in no order.</summary>
    public IEnumerable<int> All()
    {
        for (var key = 0; key < _keys.Count; key++)
        {
            for (var session = _first[key]; session != None; session = _sessions[session].Next)
            {
                yield return session;
            }
        }
    }

    /// <summary>The session that a stretch of events belongs to; it is made, lengthened, or put together from several.</summary>
    public int Join(ReadOnlySpan<byte> key, ulong hash, long start, long end, long events)
    {
        var number = KeyNumber(key, hash);
        var found = None;
        var before = None;
        for (var session = _first[number]; session != None;)
        {
            ref var at = ref _sessions[session];
            var next = at.Next;
            if (start - at.End >= gap || at.Start - end >= gap)
            {
                before = session;
            }
            else if (found == None)
            {
                (at.Start, at.End, at.Events) = (Math.Min(at.Start, start), Math.Max(at.End, end), at.Events + events);
                (found, before) = (session, session);
            }
            else
            {
                Absorb(found, session);
                Unlink(number, before, next);
            }

            session = next;
        }

        return found != None ? found : Add(number, start, end, events);
    }

    /// <summary>Adds written measures to a session.</summary>
    public void Merge(int session, ref ByteReader input) => _pool.Merge(session, ref input);

    /// <summary>Takes a session away.</summary>
    public void Remove(int session)
    {
        var number = _sessions[session].Key;
        var before = None;
        for (var at = _first[number]; at != session; at = _sessions[at].Next)
        {
            before = at;
        }

        Unlink(number, before, _sessions[session].Next);
        Release(session);
    }

    /// <summary>Takes all sessions away.</summary>
    public void Clear()
    {
        foreach (var session in All().ToList())
        {
            Release(session);
        }

        _keys.Clear();
    }

    /// <summary>Writes a session: key, start, length, events, measures.</summary>
    public void Write(int session, ByteBuffer output)
    {
        ref var at = ref _sessions[session];
        output.WriteBlob(_keys[at.Key]);
        output.WriteSigned(at.Start);
        output.WriteVarint((ulong)(at.End - at.Start));
        output.WriteVarint((ulong)at.Events);
        _pool.Write(session, output);
    }

    /// <summary>Drops the keys that have no session any more, once they are many.</summary>
    public void Compact()
    {
        if (_keys.Count < (2 * Count) + 1_024)
        {
            return;
        }

        var (keys, first) = (new KeyTable(), new Chunks<int>());
        for (var key = 0; key < _keys.Count; key++)
        {
            if (_first[key] == None)
            {
                continue;
            }

            var number = keys.FindOrAdd(_keys[key], _keys.Hash(key));
            first.MakeRoom(number) = _first[key];
            for (var session = _first[key]; session != None; session = _sessions[session].Next)
            {
                _sessions[session].Key = number;
            }
        }

        (_keys, _first) = (keys, first);
    }

    private int KeyNumber(ReadOnlySpan<byte> key, ulong hash)
    {
        var count = _keys.Count;
        var number = _keys.FindOrAdd(key, hash);
        if (number == count)
        {
            _first.MakeRoom(number) = None;
        }

        return number;
    }

    private int Add(int number, long start, long end, long events)
    {
        var session = _pool.Rent();
        ref var room = ref _sessions.MakeRoom(session);
        room = new Session { Key = number, Start = start, End = end, Events = events, Next = _first[number], Life = room.Life + 1 };
        _first[number] = session;
        Count++;
        return session;
    }

    private void Absorb(int session, int other)
    {
        ref var into = ref _sessions[session];
        ref var from = ref _sessions[other];
        (into.Start, into.End, into.Events) = (Math.Min(into.Start, from.Start), Math.Max(into.End, from.End), into.Events + from.Events);
        _pool.Merge(session, other);
        Release(other);
    }

    private void Unlink(int number, int before, int next)
    {
        if (before == None)
        {
            _first[number] = next;
        }
        else
        {
            _sessions[before].Next = next;
        }
    }

    private void Release(int session)
    {
        _sessions[session].Life++;
        _pool.Return(session);
        Count--;
    }
}
