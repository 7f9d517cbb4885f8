using System.Globalization;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Transformers;

/// <summary>
/// The keys of recent events, each with the time and id of the event that had it first. What a batch adds is one row of a table, written with the commit, and a row goes when all
/// in it is too old to matter: so the memory is as durable as the positions, and no larger than asked for. Where tables and position are not written at once, the position tells which
/// rows count: what was written with a position that was not is left out. An event that comes again is known by its id and is no repeat of itself.
/// </summary>
internal sealed class SeenKeys(string table, long within, int most, PendingWrites writes)
{
    private readonly Dictionary<ulong, (long Time, ulong Id)> _keys = [];
    private readonly Queue<(long Number, long Newest, ulong[] Keys)> _rows = new();
    private readonly List<ulong> _added = [];
    private readonly ByteBuffer _row = new(1024);
    private readonly List<long> _old = [];
    private long _newest = long.MinValue;

    /// <summary>The table of the rows.</summary>
    public string Table => table;

    /// <summary>How many keys are remembered.</summary>
    public int Count => _keys.Count;

    /// <summary>The number of the next row.</summary>
    public long Next { get; private set; }

    /// <summary>Whether an event has a key that another one had within the time; if none had, this one has it from now on.</summary>
    public bool IsRepeat(ulong key, long time, ulong id)
    {
        if (_keys.TryGetValue(key, out var first))
        {
            if (Math.Abs(time - first.Time) < within)
            {
                return id != first.Id;
            }

            if (time < first.Time)
            {
                // An older event that comes late, or again: the newer one stays what is remembered.
                return false;
            }
        }

        Remember(key, time, id);
        _added.Add(key);
        _newest = Math.Max(_newest, time);
        return false;
    }

    /// <summary>Puts what the batch has added into the next commit, and forgets what is too old or too much.</summary>
    public void EndBatch()
    {
        if (_added.Count > 0)
        {
            Save();
        }

        // One batch later: until this one is accepted, it may come again, and then needs them.
        _old.ForEach(number => writes.Set(table, KeyOf(number), null));
        _old.Clear();
        while (_rows.TryPeek(out var oldest) && (oldest.Newest + within <= _newest || (_keys.Count > most && _rows.Count > 1)))
        {
            Forget(_rows.Dequeue());
        }
    }

    /// <summary>Reads the rows that were written, up to the first one that does not count.</summary>
    public async Task LoadAsync(ISharedTables tables, long end, CancellationToken cancellationToken)
    {
        await foreach (var (key, bytes) in tables.ListAsync(table, null, cancellationToken))
        {
            var number = long.Parse(key, CultureInfo.InvariantCulture);
            if (number < end)
            {
                Next = Math.Max(Next, number + 1);
                Load(number, bytes);
            }
        }
    }

    private static string KeyOf(long number) => number.ToString("D16", CultureInfo.InvariantCulture);

    private void Remember(ulong key, long time, ulong id) => _keys[key] = (time, id);

    private void Save()
    {
        _row.Clear();
        var newest = long.MinValue;
        foreach (var key in _added)
        {
            var (time, id) = _keys[key];
            _row.WriteInt64((long)key);
            _row.WriteInt64(time);
            _row.WriteInt64((long)id);
            newest = Math.Max(newest, time);
        }

        writes.Set(table, KeyOf(Next), _row.Written.ToArray());
        _rows.Enqueue((Next++, newest, [.. _added]));
        _added.Clear();
    }

    private void Load(long number, byte[] bytes)
    {
        var input = new ByteReader(bytes);
        var (keys, newest) = (new List<ulong>(), long.MinValue);
        while (input.Rest >= 24)
        {
            var (key, time, id) = ((ulong)input.Int64(), input.Int64(), (ulong)input.Int64());
            Remember(key, time, id);
            keys.Add(key);
            newest = Math.Max(newest, time);
        }

        _newest = Math.Max(_newest, newest);
        _rows.Enqueue((number, newest, [.. keys]));
    }

    private void Forget((long Number, long Newest, ulong[] Keys) row)
    {
        _old.Add(row.Number);
        foreach (var key in row.Keys)
        {
            // It may have been seen again since, and then a later row has it.
            if (_keys.TryGetValue(key, out var seen) && seen.Time <= row.Newest)
            {
                _keys.Remove(key);
            }
        }
    }
}
