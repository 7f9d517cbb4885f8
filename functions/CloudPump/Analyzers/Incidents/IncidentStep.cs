using CloudPump.Analyzers.Ordered;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Incidents;

/// <summary>Takes symptom, severity and "this closes" of every finding. The payload: closes, severity (NaN for none), symptom.</summary>
internal sealed class IncidentStep(Incident definition, BuildContext context) : OrderedStep(definition, context)
{
    private readonly EventInput _symptom = new(definition.Symptom.Compile(context));
    private readonly EventInput? _severity = definition.Severity is { } severity ? new(severity.Compile(context)) : null;
    private readonly Condition? _close = definition.CloseWhen?.CompileCondition(context);

    /// <inheritdoc/>
    protected override EventUse Write(EventBatch batch, int row, in EventStamp stamp, ByteBuffer payload)
    {
        string? error = null;
        var closes = _close is not null && _close.Test(batch, row, out error);
        if (error is not null)
        {
            batch.Fail(row, $"The condition '{definition.CloseWhen!.Shown}' cannot be told: {error}");
            return EventUse.Failed;
        }

        payload.WriteByte((byte)(closes ? 1 : 0));
        payload.WriteInt64(BitConverter.DoubleToInt64Bits(SeverityOf(batch, row)));
        var symptom = _symptom.Evaluate(batch, row);
        if (symptom.Kind == ValueKind.String)
        {
            payload.Write(symptom.Bytes);
        }
        else if (!symptom.IsError && symptom.Kind != ValueKind.Null)
        {
            ValueJson.Write(payload, symptom);
        }

        return EventUse.Taken;
    }

    private double SeverityOf(EventBatch batch, int row)
    {
        var value = _severity?.Evaluate(batch, row) ?? Value.Null;
        return value.Kind switch
        {
            ValueKind.Int => value.AsInt,
            ValueKind.UInt => value.AsUInt,
            ValueKind.Double => value.AsDouble,
            _ => double.NaN,
        };
    }
}
