using CloudPump.Analyzers.Ordered;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Patterns;

/// <summary>
/// The half of a pattern that runs in the pipeline: it decides the conditions that are about the event alone, and sends on the events that can matter, with their fields.
/// The payload: a bit per step whose condition is met, then the fields; the kind Missing for one that is not there.
/// </summary>
internal sealed class PatternEvents : OrderedStep
{
    private readonly Condition?[] _conditions;
    private readonly string[] _texts;
    private readonly ushort[] _fields;
    private readonly bool _takesAll;

    public PatternEvents(Pattern pattern, PatternPlan plan, BuildContext context)
        : base(pattern, context)
    {
        _conditions = [.. pattern.Steps.Select((s, i) => plan.IsLocal[i] ? s.When.CompileCondition(context) : null)];
        _texts = [.. pattern.Steps.Select(s => s.When.Shown)];
        _fields = [.. plan.Fields.Select(context.Fields.Id)];

        // An event that fits no step matters when it ends an attempt, or when only the shard can tell.
        _takesAll = pattern.Strict || Array.Exists(plan.IsLocal, local => !local);
    }

    /// <inheritdoc/>
    protected override EventUse Write(EventBatch batch, int row, in EventStamp stamp, ByteBuffer payload)
    {
        var met = 0UL;
        for (var s = 0; s < _conditions.Length; s++)
        {
            if (_conditions[s] is not { } condition)
            {
                continue;
            }

            if (condition.Test(batch, row, out var error))
            {
                met |= 1UL << s;
            }
            else if (error is not null)
            {
                batch.Fail(row, $"The condition '{_texts[s]}' cannot be told: {error}");
                return EventUse.Failed;
            }
        }

        if (met == 0 && !_takesAll)
        {
            return EventUse.Skipped;
        }

        payload.WriteVarint(met);
        WriteFields(batch, row, payload);
        return EventUse.Taken;
    }

    private void WriteFields(EventBatch batch, int row, ByteBuffer payload)
    {
        foreach (var field in _fields)
        {
            var slot = batch.Get(row, field);
            if (slot.Kind == FieldKind.Missing)
            {
                payload.WriteByte((byte)FieldKind.Missing);
            }
            else
            {
                SlotCodec.Write(payload, batch, slot);
            }
        }
    }
}
