using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>`sum(x)` and `avg(x)` over numbers. Sums of integers stay integers; with doubles among them the sum is exact and rounded once.</summary>
internal sealed class SumMeasure(bool average) : Measure
{
    private State[] _states = new State[16];


    public override void AddGroup(int group)
    {
        GrowArray.For(ref _states, group);
        _states[group] = default;
    }

    public override void Add(int group, in Value value)
    {
        ref var state = ref _states[group];
        switch (value.Kind)
        {
            case ValueKind.Int:
                state.Integers += value.AsInt;
                break;
            case ValueKind.UInt:
                state.Integers += value.AsUInt;
                break;
            case ValueKind.Double:
                (state.Doubles ??= new ExactSum()).Add(value.AsDouble);
                break;
            default:
                return;
        }

        state.Count++;
    }

    public override void AddInteger(int group, long value)
    {
        ref var state = ref _states[group];
        state.Integers += value;
        state.Count++;
    }

    public override void Write(int group, ByteBuffer output)
    {
        ref var state = ref _states[group];
        output.WriteVarint(((ulong)state.Count << 1) | (state.Doubles is null ? 0UL : 1));
        output.WriteInt64((long)state.Integers);
        output.WriteSigned((long)(state.Integers >> 64));
        state.Doubles?.Write(output);
    }

    public override void Merge(int group, ref ByteReader input)
    {
        ref var state = ref _states[group];
        var header = input.Varint();
        state.Count += (long)(header >> 1);
        var low = (ulong)input.Int64();
        state.Integers += new Int128((ulong)input.Signed(), low);
        if ((header & 1) != 0)
        {
            (state.Doubles ??= new ExactSum()).Merge(ref input);
        }
    }

    public override void Result(int group, EventBatch events, int row, ushort field)
    {
        ref var state = ref _states[group];
        if (state.Count == 0)
        {
            events.SetNull(row, field);
        }
        else if (average)
        {
            events.SetDouble(row, field, Total(state) / state.Count);
        }
        else if (state.Doubles is null && state.Integers >= long.MinValue && state.Integers <= long.MaxValue)
        {
            events.SetInt64(row, field, (long)state.Integers);
        }
        else
        {
            events.SetDouble(row, field, Total(state));
        }
    }

    private static double Total(in State state)
    {
        if (state.Doubles is null)
        {
            return (double)state.Integers;
        }

        var total = new ExactSum();
        total.Add(state.Doubles);

        // Both halves are doubles exactly, up to 2^106.
        var high = (double)(state.Integers >> 53) * 9007199254740992.0;
        total.Add(high);
        total.Add((double)(state.Integers - (state.Integers >> 53 << 53)));
        return total.Round();
    }

    private struct State
    {
        public Int128 Integers;
        public ExactSum? Doubles;
        public long Count;
    }
}
