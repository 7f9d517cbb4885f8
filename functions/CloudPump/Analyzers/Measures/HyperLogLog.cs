using System.Numerics;
using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// How many distinct hashes there are: exactly up to 256, as a set; beyond, by HyperLogLog (Flajolet, Fusy, Gandouet, Meunier, 2007) with 4,096 registers, whose
/// standard error is 1.04 / sqrt(4096) = 1.6 %. The registers are the same whether hashes came before or after the set gave way to them.
/// </summary>
internal sealed class HyperLogLog
{
    private const int Limit = 256;
    private const int Kept = 64;
    private const int Bits = 12;
    private const int Registers = 1 << Bits;
    private const int Highest = 64 - Bits + 1;
    private ulong[] _set = new ulong[8];
    private byte[]? _registers;
    private int _count;

    public void Clear()
    {
        if (_set.Length > Kept)
        {
            _set = new ulong[8];
        }

        Array.Clear(_set);
        (_registers, _count) = (null, 0);
    }

    public void Add(ulong hash)
    {
        if (_registers is not null)
        {
            Register(_registers, hash);
        }
        else if (TryAddToSet(hash == 0 ? 1 : hash) && ++_count > Limit)
        {
            ToRegisters();
        }
        else if (_count * 2 > _set.Length)
        {
            GrowSet();
        }
    }

    public long Estimate() => _registers is null ? _count : (long)Math.Round(CardinalityEstimate.Of(_registers, Highest));

    public void Write(ByteBuffer output)
    {
        if (_registers is not null)
        {
            output.WriteVarint(Limit + 1);
            output.Write(_registers);
            return;
        }

        output.WriteVarint((ulong)_count);
        foreach (var hash in _set)
        {
            if (hash != 0)
            {
                output.WriteInt64((long)hash);
            }
        }
    }

    public void Merge(ref ByteReader input)
    {
        var count = input.Varint();
        if (count > Limit + 1)
        {
            throw new InvalidDataException("A set of hashes is too large: the state is damaged.");
        }

        if (count == Limit + 1)
        {
            MergeRegisters(ref input);
            return;
        }

        for (; count > 0; count--)
        {
            Add((ulong)input.Int64());
        }
    }

    private static void Register(byte[] registers, ulong hash)
    {
        ref var register = ref registers[hash >> (64 - Bits)];
        register = Math.Max(register, (byte)(Math.Min(BitOperations.LeadingZeroCount(hash << Bits), 64 - Bits) + 1));
    }

    private void MergeRegisters(ref ByteReader input)
    {
        var registers = ToRegisters();
        for (var i = 0; i < registers.Length; i++)
        {
            var register = input.Byte();
            registers[i] = Math.Max(registers[i], register <= Highest ? register : throw new InvalidDataException("A register is too high: the state is damaged."));
        }
    }

    private byte[] ToRegisters()
    {
        if (_registers is null)
        {
            _registers = new byte[Registers];
            foreach (var hash in _set)
            {
                if (hash != 0)
                {
                    Register(_registers, hash);
                }
            }

            (_set, _count) = (new ulong[8], 0);
        }

        return _registers;
    }

    // Open addressing; zero is an empty place.
    private bool TryAddToSet(ulong hash)
    {
        var mask = _set.Length - 1;
        for (var place = (int)hash & mask; ; place = (place + 1) & mask)
        {
            if (_set[place] == hash)
            {
                return false;
            }

            if (_set[place] == 0)
            {
                _set[place] = hash;
                return true;
            }
        }
    }

    private void GrowSet()
    {
        var old = _set;
        _set = new ulong[old.Length * 2];
        foreach (var hash in old)
        {
            if (hash != 0)
            {
                TryAddToSet(hash);
            }
        }
    }
}
