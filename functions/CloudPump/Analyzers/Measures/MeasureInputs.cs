using System.Runtime.CompilerServices;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>The half of measures that reads events: conditions and arguments, bound to the fields of one running pipeline; used by one thread at a time.</summary>
internal sealed class MeasureInputs
{
    private readonly Input[] _inputs;
    private readonly bool _needStamps;

    public MeasureInputs(MeasureSet set, FieldTable fields)
    {
        _inputs = [.. set.Columns.Select(c => new Input(c, fields))];
        _needStamps = Array.Exists(_inputs, i => i.NeedsStamp);
    }

    /// <summary>Adds an event to a group of every column.</summary>
    /// <param name="columns">What <see cref="MeasureSet.CreateColumns"/> made.</param>
    /// <param name="group">The group.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The event's row.</param>
    /// <param name="time">The event time in ticks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Else the profile of the first pipeline's measures slows down those of the next.
    public void Add(Measure[] columns, int group, EventBatch batch, int row, long time)
    {
        if (_needStamps)
        {
            Stamp(columns, batch, row, time);
        }

        for (var m = 0; m < _inputs.Length; m++)
        {
            ref var input = ref _inputs[m];
            if (input.Where is not null && !input.Where.Test(batch, row, out _))
            {
                // A condition that fails takes no event, as a missing field does not.
                continue;
            }

            if (!input.HasArgument)
            {
                columns[m].AddInteger(group, 1);
                continue;
            }

            var slot = input.Argument.Slot(batch, row);
            if (slot.Kind == FieldKind.Int64)
            {
                columns[m].AddInteger(group, slot.Value);
            }
            else
            {
                Evaluate(columns[m], ref input, group, batch, row);
            }
        }
    }

    private void Stamp(Measure[] columns, EventBatch batch, int row, long time)
    {
        var stamp = EventStamp.Of(batch, row, time);
        for (var m = 0; m < _inputs.Length; m++)
        {
            if (_inputs[m].NeedsStamp)
            {
                columns[m].Stamp(stamp);
            }
        }
    }

    // A measure skips what is missing or cannot be computed; the event itself goes on.
    private static void Evaluate(Measure column, ref Input input, int group, EventBatch batch, int row)
    {
        var value = input.Argument.Evaluate(batch, row);
        if (value.Kind is not (ValueKind.Error or ValueKind.Null))
        {
            column.Add(group, value);
        }
    }

    private struct Input(MeasureCall call, FieldTable fields)
    {
        public readonly Condition? Where = call.Where?.CompileCondition(fields);
        public readonly bool HasArgument = call.Arguments.Count > 0;
        public readonly bool NeedsStamp = call.Create().NeedsStamp;
        public EventInput Argument = call.Arguments.Count > 0 ? new EventInput(call.Arguments[0].Compile(fields)) : default;
    }
}
