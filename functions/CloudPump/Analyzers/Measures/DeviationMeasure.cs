using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// `stddev(x)`: the sample standard deviation, with n - 1; null of fewer than two numbers. The sums of x and of x * x are exact and the result is rounded once, so
/// values that lie close together far from zero lose nothing. A group takes 24 bytes while integers and the sum of their squares fit 64 bits.
/// </summary>
internal sealed class DeviationMeasure : NumberMeasure
{
    private readonly Sides<WideMoments> _wide = new();
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

    public override void AddInteger(int group, long value)
    {
        // The square of an int fits 62 bits.
        if (value != (int)value || !TryAdd(ref _states[group], 1, value, (ulong)(value * value)))
        {
            Wide(group).Add((Int128)value);
        }
    }

    public override void Write(int group, ByteBuffer output)
    {
        ref var state = ref _states[group];
        var wide = state.Count < 0 ? _wide[(int)~state.Count] : null;
        output.WriteVarint(((ulong)(wide?.Count ?? state.Count) << 1) | (wide is null ? 0UL : 1));
        if (wide is not null)
        {
            wide.Write(output);
        }
        else
        {
            output.WriteSigned(state.Sum);
            output.WriteVarint(state.Squares);
        }
    }

    public override void Merge(int group, ref ByteReader input)
    {
        var header = input.Varint();
        var count = (long)(header >> 1);
        if ((header & 1) != 0)
        {
            Wide(group).Merge(count, ref input);
            return;
        }

        var (sum, squares) = (input.Signed(), input.Varint());
        if (!TryAdd(ref _states[group], count, sum, squares))
        {
            Wide(group).Add(count, sum, squares, 0);
        }
    }

    public override void Result(int group, long length, EventBatch events, int row, ushort field)
    {
        var wide = _states[group].Count < 0 ? Wide(group) : Widened(_states[group], new WideMoments());
        if (wide.Count < 2)
        {
            events.SetNull(row, field);
        }
        else
        {
            events.SetDouble(row, field, wide.Deviation());
        }
    }

    protected override void AddUnsigned(int group, ulong value) => Wide(group).Add((Int128)value);

    protected override void AddDouble(int group, double value) => Wide(group).Add(value);

    private static bool TryAdd(ref State state, long count, long value, ulong square)
    {
        var (sum, squares) = (state.Sum + value, state.Squares + square);
        if ((((state.Sum ^ sum) & (value ^ sum)) | state.Count) < 0 || squares < square)
        {
            return false;
        }

        state = new State { Count = state.Count + count, Sum = sum, Squares = squares };
        return true;
    }

    private WideMoments Wide(int group)
    {
        ref var state = ref _states[group];
        if (state.Count >= 0)
        {
            var index = _wide.Take();
            Widened(state, _wide[index]);
            state = new State { Count = ~index };
        }

        return _wide[(int)~state.Count];
    }

    private static WideMoments Widened(in State state, WideMoments wide)
    {
        wide.Add(state.Count, state.Sum, state.Squares, 0);
        return wide;
    }

    private struct State
    {
        public long Sum;
        public ulong Squares;
        public long Count;
    }
}
