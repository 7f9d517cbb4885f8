using System.Runtime.CompilerServices;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// `sum(x)`, `avg(x)` and `rate(x)` over numbers. Sums of integers stay integers; with doubles among them the sum is exact and rounded once. A group takes 16 bytes
/// until a double comes or a long overflows.
/// </summary>
internal sealed class SumMeasure(SumKind kind) : NumberMeasure
{
    private const int Beyond = 1;
    private const int Doubles = 2;
    private readonly Sides<WideSum> _wide = new();
    private Chunks<State> _states = new();

    public override void AddGroup(int group)
    {
        ref var state = ref _states.MakeRoom(group);
        if (state.Count < 0)
        {
            _wide.Release((int)~state.Count);
        }

        state = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddInteger(int group, long value)
    {
        ref var state = ref _states[group];
        var sum = state.Sum + value;

        // The sum overflows when its sign is neither that of the one nor that of the other; a negative count stands for a wide sum.
        if ((((state.Sum ^ sum) & (value ^ sum)) | state.Count) >= 0)
        {
            state.Sum = sum;
            state.Count++;
        }
        else
        {
            Wide(group).Add((Int128)value);
        }
    }

    public override void Write(int group, ByteBuffer output)
    {
        ref var state = ref _states[group];
        var wide = state.Count < 0 ? _wide[(int)~state.Count] : null;

        // How it is written depends on the sum alone, not on how it came about.
        var flags = wide is null ? 0 : (wide.FitsLong ? 0 : Beyond) | (wide.HasDoubles ? Doubles : 0);
        output.WriteVarint(((ulong)(wide?.Count ?? state.Count) << 2) | (uint)flags);
        output.WriteSigned(wide is null ? state.Sum : (long)wide.Integers);
        if ((flags & Beyond) != 0)
        {
            output.WriteSigned((long)(wide!.Integers >> 64));
        }

        if ((flags & Doubles) != 0)
        {
            wide!.WriteDoubles(output);
        }
    }

    public override void Merge(int group, ref ByteReader input)
    {
        var header = input.Varint();
        var (low, flags) = (input.Signed(), (int)(header & 3));
        ref var state = ref _states[group];
        var sum = state.Sum + low;
        if (flags == 0 && (((state.Sum ^ sum) & (low ^ sum)) | state.Count) >= 0)
        {
            state.Sum = sum;
            state.Count += (long)(header >> 2);
            return;
        }

        var wide = Wide(group);
        wide.Count += (long)(header >> 2);
        wide.Integers += (flags & Beyond) != 0 ? new Int128((ulong)input.Signed(), (ulong)low) : low;
        if ((flags & Doubles) != 0)
        {
            wide.MergeDoubles(ref input);
        }
    }

    public override void Result(int group, long length, EventBatch events, int row, ushort field)
    {
        ref var state = ref _states[group];
        var wide = state.Count < 0 ? _wide[(int)~state.Count] : null;
        var count = wide?.Count ?? state.Count;
        if (count == 0)
        {
            events.SetNull(row, field);
        }
        else if (kind == SumKind.PerSecond)
        {
            PerSecond.Set(wide?.Round() ?? state.Sum, length, events, row, field);
        }
        else if (kind == SumKind.Average)
        {
            events.SetDouble(row, field, (wide?.Round() ?? state.Sum) / count);
        }
        else if (wide is null || (wide.FitsLong && !wide.HasDoubles))
        {
            events.SetInt64(row, field, wide is null ? state.Sum : (long)wide.Integers);
        }
        else
        {
            events.SetDouble(row, field, wide.Round());
        }
    }

    protected override void AddUnsigned(int group, ulong value) => Wide(group).Add((Int128)value);

    protected override void AddDouble(int group, double value) => Wide(group).Add(value);

    private WideSum Wide(int group)
    {
        ref var state = ref _states[group];
        if (state.Count < 0)
        {
            return _wide[(int)~state.Count];
        }

        var index = _wide.Take();
        var wide = _wide[index];
        (wide.Integers, wide.Count) = (state.Sum, state.Count);
        state = new State { Count = ~index };
        return wide;
    }

    private struct State
    {
        public long Sum;
        public long Count;
    }
}
