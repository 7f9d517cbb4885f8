using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Ordered;

/// <summary>Takes a number from every event; events without one do not matter.</summary>
internal sealed class ValueStep(KeyedAnalyzer definition, Expression value, BuildContext context) : OrderedStep(definition, context)
{
    private EventInput _value = new(value.Compile(context));

    /// <summary>Reads what the step wrote.</summary>
    public static double Read(in PendingEvent e)
    {
        var input = new ByteReader(e.Payload);
        return BitConverter.Int64BitsToDouble(input.Int64());
    }

    /// <inheritdoc/>
    protected override EventUse Write(EventBatch batch, int row, in EventStamp stamp, ByteBuffer payload)
    {
        var slot = _value.Slot(batch, row);
        var number = slot.Kind switch
        {
            FieldKind.Double => slot.AsDouble,
            FieldKind.Int64 => slot.Value,
            _ => Number(_value.Evaluate(batch, row)),
        };
        if (!double.IsFinite(number))
        {
            return EventUse.Skipped;
        }

        payload.WriteInt64(BitConverter.DoubleToInt64Bits(number));
        return EventUse.Taken;
    }

    private static double Number(in Value value) => value.Kind switch
    {
        ValueKind.Double => value.AsDouble,
        ValueKind.Int => value.AsInt,
        ValueKind.UInt => value.AsUInt,
        _ => double.NaN,
    };
}
