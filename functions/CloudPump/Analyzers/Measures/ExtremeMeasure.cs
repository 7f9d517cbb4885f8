using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// `min(x)` and `max(x)` over numbers, timestamps and texts. Values of different types rank number, timestamp, text; of an integer and an equal double the
/// integer stays, so that the order of events does not matter.
/// </summary>
internal sealed class ExtremeMeasure(bool largest) : Measure
{
    private const byte None = 0;
    private const byte Integer = 1;
    private const byte Number = 2;
    private const byte Time = 3;
    private const byte Text = 4;
    private Chunks<State> _states = new();

    public override void AddGroup(int group) => _states.MakeRoom(group) = default;

    public override void Add(int group, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Int:
                Take(group, Integer, value.AsInt, 0, default);
                break;
            case ValueKind.UInt when value.AsUInt <= long.MaxValue:
                Take(group, Integer, value.AsInt, 0, default);
                break;
            case ValueKind.UInt:
                Take(group, Number, BitConverter.DoubleToInt64Bits(value.AsUInt), 0, default);
                break;
            case ValueKind.Double when !double.IsNaN(value.AsDouble):
                // Minus zero equals zero; adding zero makes it the same zero, so that the order of events does not matter.
                Take(group, Number, BitConverter.DoubleToInt64Bits(value.AsDouble + 0.0), 0, default);
                break;
            case ValueKind.Timestamp:
                Take(group, Time, value.Ticks, value.Nanos, default);
                break;
            case ValueKind.String:
                Take(group, Text, 0, 0, value.Bytes);
                break;
        }
    }

    public override void AddInteger(int group, long value)
    {
        ref var state = ref _states[group];
        if (state.Type != Integer)
        {
            Take(group, Integer, value, 0, default);
        }
        else if (largest ? value > state.Bits : value < state.Bits)
        {
            state.Bits = value;
        }
    }

    public override void Write(int group, ByteBuffer output)
    {
        ref var state = ref _states[group];
        output.WriteByte(state.Type);
        if (state.Type == Text)
        {
            output.WriteBlob(state.Bytes);
        }
        else if (state.Type != None)
        {
            output.WriteInt64(state.Bits);
            output.WriteByte((byte)state.Nanos);
        }
    }

    public override void Merge(int group, ref ByteReader input)
    {
        var type = input.Byte();
        if (type == Text)
        {
            Take(group, type, 0, 0, input.Blob());
        }
        else if (type != None)
        {
            Take(group, type, input.Int64(), input.Byte(), default);
        }
    }

    public override void Result(int group, long length, EventBatch events, int row, ushort field)
    {
        ref var state = ref _states[group];
        switch (state.Type)
        {
            case Integer: events.SetInt64(row, field, state.Bits); break;
            case Number: events.SetDouble(row, field, BitConverter.Int64BitsToDouble(state.Bits)); break;
            case Time: events.SetTimestamp(row, field, state.Bits, state.Nanos); break;
            case Text: events.SetString(row, field, state.Bytes); break;
            default: events.SetNull(row, field); break;
        }
    }

    private void Take(int group, byte type, long bits, int nanos, ReadOnlySpan<byte> text)
    {
        ref var state = ref _states[group];
        if (state.Type != None)
        {
            var order = Compare(type, bits, nanos, text, state);
            if (order == 0 ? type >= state.Type : (order > 0) != largest)
            {
                return;
            }
        }

        state = new State { Type = type, Bits = bits, Nanos = nanos, Bytes = type == Text ? text.ToArray() : null };
    }

    private static int Compare(byte type, long bits, int nanos, ReadOnlySpan<byte> text, in State state)
    {
        var (rank, other) = (Math.Max(type, Number), Math.Max(state.Type, Number));
        if (rank != other)
        {
            return rank.CompareTo(other);
        }

        return type switch
        {
            Text => text.SequenceCompareTo(state.Bytes),
            Time => bits != state.Bits ? bits.CompareTo(state.Bits) : nanos.CompareTo(state.Nanos),
            _ => CompareNumbers(type, bits, state),
        };
    }

    private static int CompareNumbers(byte type, long bits, in State state) => (type, state.Type) switch
    {
        (Integer, Integer) => bits.CompareTo(state.Bits),
        (Number, Number) => BitConverter.Int64BitsToDouble(bits).CompareTo(BitConverter.Int64BitsToDouble(state.Bits)),
        (Integer, Number) => CompareMixed(bits, BitConverter.Int64BitsToDouble(state.Bits)),
        _ => -CompareMixed(state.Bits, BitConverter.Int64BitsToDouble(bits)),
    };

    // Exact: an integer beyond 2^53 must not be rounded before it is compared.
    private static int CompareMixed(long integer, double number) => number switch
    {
        >= 9223372036854775808.0 => -1,
        < -9223372036854775808.0 => 1,
        _ when integer != (long)number => integer.CompareTo((long)number),
        _ => 0.0.CompareTo(number - Math.Truncate(number)),
    };

    private struct State
    {
        public byte Type;
        public long Bits;
        public int Nanos;
        public byte[]? Bytes;
    }
}
