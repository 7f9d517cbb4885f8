using CloudPump.Events;

namespace CloudPump.Hosting.Parcels;

/// <summary>
/// Which positions of which ways a consumer has had, so that repeats can be dropped. Of an ordered way it is the highest; of others it is stretches, whose number
/// is bounded, since all of it must fit into a table row: the lowest ones are forgotten first, and a repeat from there would count again, while nothing new is ever
/// taken for a repeat. Ways are known by the hash of their path.
/// </summary>
public sealed class SeenEvents
{
    private const byte Version = 1;
    private const int MostWays = 512;
    private const int MostStretches = 16_384;
    private readonly Dictionary<ulong, List<(long First, long Last)>> _ways = [];
    private readonly Queue<ulong> _oldest = new();
    private readonly Lock _lock = new();

    /// <summary>Whether a position was seen.</summary>
    public bool Contains(string way, long position)
    {
        lock (_lock)
        {
            if (!_ways.TryGetValue(HashOf(way), out var stretches))
            {
                return false;
            }

            var at = stretches.FindLastIndex(s => s.First <= position);
            return at >= 0 && position <= stretches[at].Last;
        }
    }

    /// <summary>Notes a stretch of positions: all that a way has between them was seen.</summary>
    public void Add(string way, long first, long last) => Add(HashOf(way), first, last);

    /// <summary>Adds all that another memory has.</summary>
    public void Add(SeenEvents other)
    {
        foreach (var (way, stretches) in other._ways)
        {
            stretches.ForEach(s => Add(way, s.First, s.Last));
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _ways.Clear();
        _oldest.Clear();
    }

    /// <summary>The memory as bytes.</summary>
    public byte[] Save()
    {
        lock (_lock)
        {
            var output = new ByteBuffer(256);
            output.WriteByte(Version);
            output.WriteVarint((ulong)_ways.Count);
            foreach (var way in _oldest)
            {
                var stretches = _ways[way];
                output.WriteInt64((long)way);
                output.WriteVarint((ulong)stretches.Count);
                foreach (var (first, last) in stretches)
                {
                    output.WriteSigned(first);
                    output.WriteSigned(last);
                }
            }

            return output.Written.ToArray();
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged or of another version.</exception>
    public static SeenEvents Load(ReadOnlySpan<byte> bytes)
    {
        var seen = new SeenEvents();
        var input = new ByteReader(bytes);
        if (input.Byte() != Version)
        {
            throw new InvalidDataException("The memory of events seen was written by another version of CloudPump.");
        }

        for (var ways = input.Items(); ways > 0; ways--)
        {
            var stretches = new List<(long, long)>();
            var way = (ulong)input.Int64();
            for (var count = input.Items(); count > 0; count--)
            {
                stretches.Add((input.Signed(), input.Signed()));
            }

            seen._ways.Add(way, stretches);
            seen._oldest.Enqueue(way);
        }

        return seen;
    }

    private void Add(ulong way, long first, long last)
    {
        lock (_lock)
        {
            if (!_ways.TryGetValue(way, out var stretches))
            {
                Forget();
                _ways.Add(way, stretches = []);
                _oldest.Enqueue(way);
            }

            var from = stretches.FindIndex(s => s.Last >= first);
            from = from < 0 ? stretches.Count : from;
            var to = from;
            for (; to < stretches.Count && stretches[to].First <= last; to++)
            {
                (first, last) = (Math.Min(first, stretches[to].First), Math.Max(last, stretches[to].Last));
            }

            stretches.RemoveRange(from, to - from);
            stretches.Insert(from, (first, last));
            if (stretches.Count > MostStretches / _ways.Count)
            {
                stretches.RemoveAt(0);
            }
        }
    }

    private static ulong HashOf(string way) => StableHash.Of(System.Text.Encoding.UTF8.GetBytes(way));

    // A way ends when its sender's partition or definition is gone.
    private void Forget()
    {
        if (_ways.Count >= MostWays)
        {
            _ways.Remove(_oldest.Dequeue());
        }
    }
}
