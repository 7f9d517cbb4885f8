using CloudPump.Analyzers.Measures;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Ordered;

/// <summary>
/// Sends every event on as the partial aggregate of itself: a byte that says whether it begins or ends something, then the state of every measure.
/// </summary>
internal sealed class MeasuredStep(KeyedAnalyzer definition, MeasureSet measures, BuildContext context, Expression? begins = null, Expression? ends = null)
    : OrderedStep(definition, context)
{
    /// <summary>The event begins something.</summary>
    public const byte Begins = 1;

    /// <summary>The event ends something.</summary>
    public const byte Ends = 2;

    private readonly MeasureInputs _inputs = new(measures, context.Fields);
    private readonly Measure[] _columns = measures.CreateColumns();
    private readonly Condition? _begins = begins?.CompileCondition(context);
    private readonly Condition? _ends = ends?.CompileCondition(context);

    /// <inheritdoc/>
    protected override EventUse Write(EventBatch batch, int row, in EventStamp stamp, ByteBuffer payload)
    {
        string? error = null;
        var isBegin = _begins is not null && _begins.Test(batch, row, out error);
        var isEnd = error is null && _ends is not null && _ends.Test(batch, row, out error);
        if (error is not null)
        {
            batch.Fail(row, $"A condition of the analyzer cannot be told: {error}");
            return EventUse.Failed;
        }

        payload.WriteByte((byte)((isBegin ? Begins : 0) | (isEnd ? Ends : 0)));
        foreach (var column in _columns)
        {
            column.AddGroup(0);
        }

        _inputs.Add(_columns, 0, batch, row, stamp.Time);
        foreach (var column in _columns)
        {
            column.Write(0, payload);
        }

        return EventUse.Taken;
    }
}
