using System.Text;
using CloudPump.Events;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>How a lookup finds its entries: one of these stands for one state of the table.</summary>
internal abstract class LookupIndex
{
    /// <summary>Finds the entry of a key, which is given with its <see cref="KeyHash"/>.</summary>
    public abstract bool TryFind(ReadOnlySpan<byte> key, ulong hash, out LookupEntry entry);

    /// <summary>Asks for the memory of the entries of some keys, where a hash tells where they lie.</summary>
    public virtual void Touch(ReadOnlySpan<ulong> hashes)
    {
    }

    /// <summary>Makes the index of a table.</summary>
    /// <exception cref="LookupException">A key is no network or no range.</exception>
    public static LookupIndex Of(string name, LookupOptions options, LookupTable table) => options.Match switch
    {
        LookupMatch.Cidr => new Ranges(table, (key, out from, out to) => RangePoints.TryNetwork(key, out from, out to), FieldType.Text, addressesOnly: true,
            key => new LookupException($"The lookup '{name}' has the key '{key}', which is no network such as 10.0.0.0/8.")),
        LookupMatch.Range => new Ranges(table, (key, out from, out to) => TryRange(key, options.Types[0], out from, out to), options.Types[0], addressesOnly: false,
            key => new LookupException($"The lookup '{name}' has the key '{key}', which is no first and last value of a range.")),
        LookupMatch.Prefix => new Prefixes(table),
        _ => new Exact(table),
    };

    private static bool TryRange(ReadOnlySpan<byte> key, FieldType type, out UInt128 from, out UInt128 to)
    {
        var middle = key.IndexOf(LookupKey.Separator);
        to = 0;
        return RangePoints.TryPoint(key[..Math.Max(middle, 0)], type, out from) && RangePoints.TryPoint(key[(middle + 1)..], type, out to) && from <= to;
    }

    private delegate bool ReadRange(ReadOnlySpan<byte> key, out UInt128 from, out UInt128 to);

    private sealed class Exact(LookupTable table) : LookupIndex
    {
        public override bool TryFind(ReadOnlySpan<byte> key, ulong hash, out LookupEntry entry) => table.TryGet(key, hash, out entry);

        public override void Touch(ReadOnlySpan<ulong> hashes) => table.Touch(hashes);
    }

    private sealed class Ranges : LookupIndex
    {
        private readonly RangeIndex _index;
        private readonly FieldType _type;
        private readonly bool _addressesOnly;
        private readonly EntryBlocks? _blocks;

        public Ranges(LookupTable table, ReadRange read, FieldType type, bool addressesOnly, Func<string, LookupException> wrong)
        {
            var ranges = new List<(UInt128, UInt128, uint)>(table.Count);
            EntryBlocks? found = null;
            table.ForEach((blocks, address) =>
            {
                found = blocks;
                var entry = blocks.Read(address);
                if (entry.Kind != FieldKind.Missing)
                {
                    ranges.Add(read(entry.Key, out var from, out var to) ? (from, to, address) : throw wrong(LookupKey.Text(entry.Key)));
                }
            });
            (_index, _type, _addressesOnly, _blocks) = (new RangeIndex(ranges), type, addressesOnly, found);
        }

        public override bool TryFind(ReadOnlySpan<byte> key, ulong hash, out LookupEntry entry)
        {
            var isPoint = _addressesOnly ? RangePoints.TryAddress(key, out var point) : RangePoints.TryPoint(key, _type, out point);
            var address = isPoint ? _index.Find(point) : 0;
            entry = address == 0 ? default : _blocks!.Read(address);
            return address != 0;
        }
    }

    private sealed class Prefixes(LookupTable table) : LookupIndex
    {
        private int[] _lengths = [];
        private uint _sequence = uint.MaxValue;

        public override bool TryFind(ReadOnlySpan<byte> key, ulong hash, out LookupEntry entry)
        {
            foreach (var length in Lengths())
            {
                if (length <= key.Length && table.TryGet(key[..length], out entry))
                {
                    return true;
                }
            }

            entry = default;
            return false;
        }

        // The lengths that there are, the longest first.
        private int[] Lengths()
        {
            var sequence = table.Sequence;
            if (sequence != _sequence)
            {
                var lengths = new HashSet<int>();
                table.ForEach((blocks, address) => lengths.Add(blocks.Read(address).Key.Length));
                _lengths = [.. lengths.OrderDescending()];
                _sequence = sequence;
            }

            return _lengths;
        }
    }
}
