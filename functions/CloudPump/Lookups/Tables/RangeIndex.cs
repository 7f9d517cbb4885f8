using System.Buffers.Binary;

namespace CloudPump.Lookups.Tables;

/// <summary>
/// Finds the narrowest range that holds a point: networks (the longest prefix) and ranges of numbers. Ranges are cut once into pieces that do not overlap, so that a search is one
/// binary search; for IPv4 a table over the first 16 bits leaves it few steps.
/// </summary>
internal sealed class RangeIndex
{
    private const int TopBits = 16;
    private static readonly UInt128 FirstIPv4 = (UInt128)0xFFFF << 32;
    private readonly UInt128[] _starts;
    private readonly uint[] _addresses;
    private readonly int[] _top = new int[(1 << TopBits) + 1];

    /// <summary>Builds the index.</summary>
    /// <param name="ranges">First and last point, and what is found there; never 0.</param>
    public RangeIndex(IReadOnlyList<(UInt128 From, UInt128 To, uint Address)> ranges)
    {
        (_starts, _addresses) = Cut(ranges);
        for (var top = 0; top < _top.Length; top++)
        {
            var found = Array.BinarySearch(_starts, FirstIPv4 + ((UInt128)top << (32 - TopBits)));
            _top[top] = found >= 0 ? found : ~found;
        }
    }

    /// <summary>The memory that it takes, in bytes.</summary>
    public long Bytes => (_starts.Length * 20L) + (_top.Length * 4L);

    /// <summary>What is found at a point; 0 for nothing.</summary>
    public uint Find(UInt128 point)
    {
        var (low, high) = (0, _starts.Length);
        if (point >> 32 == 0xFFFF)
        {
            var top = (int)((uint)point >> (32 - TopBits));
            (low, high) = (Math.Max(_top[top] - 1, 0), _top[top + 1]);
        }

        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_starts[middle] <= point)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? 0 : _addresses[low - 1];
    }

    /// <summary>An address of 4 or 16 bytes as a point: IPv4 where ::ffff:0:0/96 has it.</summary>
    public static UInt128 Point(ReadOnlySpan<byte> address) => address.Length == 4
        ? FirstIPv4 | BinaryPrimitives.ReadUInt32BigEndian(address)
        : BinaryPrimitives.ReadUInt128BigEndian(address);

    /// <summary>A number as a point: in the order of numbers.</summary>
    public static UInt128 Point(long number) => (UInt128)((ulong)number ^ (1UL << 63)) << 64;

    // Goes over the borders in order, with the open ranges by width: between two borders the narrowest of them is what is found.
    private static (UInt128[] Starts, uint[] Addresses) Cut(IReadOnlyList<(UInt128 From, UInt128 To, uint Address)> ranges)
    {
        var order = ranges.OrderBy(r => r.From).ToArray();
        var borders = ranges.Select(r => r.From).Concat(ranges.Where(r => r.To != UInt128.MaxValue).Select(r => r.To + 1)).Distinct().Order().ToArray();
        var open = new PriorityQueue<(UInt128 To, uint Address), UInt128>();
        var (starts, addresses) = (new List<UInt128>(borders.Length), new List<uint>(borders.Length));
        var next = 0;
        foreach (var border in borders)
        {
            for (; next < order.Length && order[next].From == border; next++)
            {
                open.Enqueue((order[next].To, order[next].Address), order[next].To - order[next].From);
            }

            while (open.TryPeek(out var narrowest, out _) && narrowest.To < border)
            {
                open.Dequeue();
            }

            var found = open.TryPeek(out var top, out _) ? top.Address : 0;
            if (addresses.Count == 0 || addresses[^1] != found)
            {
                starts.Add(border);
                addresses.Add(found);
            }
        }

        return ([.. starts], [.. addresses]);
    }
}
