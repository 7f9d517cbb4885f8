using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// Counts by hash that are never too low, and too high by more than e / 8192 = 0.033 % of all that was counted with a probability of at most e^-4 = 1.8 %: Count-Min
/// (Cormode, Muthukrishnan, "An improved data stream summary", 2005). It only adds, so the order does not matter.
/// </summary>
internal sealed class CountMin
{
    private const int Rows = 4;
    private const int Width = 8192;
    private readonly long[] _counts = new long[Rows * Width];

    public void Add(ulong hash, long count)
    {
        for (var row = 0; row < Rows; row++)
        {
            _counts[Place(hash, row)] += count;
        }
    }

    public long Estimate(ulong hash)
    {
        var least = long.MaxValue;
        for (var row = 0; row < Rows; row++)
        {
            least = Math.Min(least, _counts[Place(hash, row)]);
        }

        return least;
    }

    public void Write(ByteBuffer output)
    {
        foreach (var count in _counts)
        {
            output.WriteVarint((ulong)count);
        }
    }

    public void Merge(ref ByteReader input)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += (long)input.Varint();
        }
    }

    // Two halves of one hash make all rows: Kirsch, Mitzenmacher, "Less hashing, same performance", 2006.
    private static int Place(ulong hash, int row) => (row * Width) + (int)(((uint)hash + ((uint)row * ((uint)(hash >> 32) | 1))) % Width);
}
