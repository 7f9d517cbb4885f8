using CloudPump.Analyzers.Measures;
using CloudPump.Analyzers.Ordered;
using CloudPump.Events;

namespace CloudPump.Analyzers.Sessions;

/// <summary>The state of a shard of sessions that events begin or end, or that have a longest duration: where one ends depends on the order of events.</summary>
internal sealed class OrderedSessionState(SessionWindow definition, MeasureSet measures) : OrderedState<OrderedSession>(definition)
{
    private readonly GroupPool _pool = new(measures);
    private readonly SessionResults _results = new(definition, measures);
    private readonly long _gap = definition.Gap.Ticks;

    protected override void OnEvent(OrderedSession state, in PendingEvent e, ResultBatch results)
    {
        var flags = e.Payload[0];
        var begins = (flags & MeasuredStep.Begins) != 0;
        if (state.IsOpen && begins)
        {
            Close(state, results);
        }

        if (!state.IsOpen)
        {
            if (definition.StartWhen is not null && !begins)
            {
                Forget(state);
                return;
            }

            (state.IsOpen, state.Start, state.Group) = (true, e.Stamp.Time, _pool.Rent());
        }

        state.End = e.Stamp.Time;
        var input = new ByteReader(e.Payload[1..]);
        _pool.Merge(state.Group, ref input);
        if ((flags & MeasuredStep.Ends) != 0)
        {
            Close(state, results);
            Forget(state);
        }
        else
        {
            SetTimer(state, Math.Min(state.End + _gap, definition.MaxDuration is { } most ? state.Start + most.Ticks : long.MaxValue));
        }
    }

    protected override void OnTimer(OrderedSession state, long time, ResultBatch results)
    {
        Close(state, results);
        Forget(state);
    }

    protected override void OnCrowded(OrderedSession state, ResultBatch results) => Close(state, results, isPartial: true);

    protected override void SaveKey(OrderedSession state, ByteBuffer output)
    {
        output.WriteSigned(state.Start);
        output.WriteSigned(state.End);
        _pool.Write(state.Group, output);
    }

    protected override void LoadKey(OrderedSession state, ref ByteReader input)
    {
        (state.IsOpen, state.Start, state.End, state.Group) = (true, input.Signed(), input.Signed(), _pool.Rent());
        _pool.Merge(state.Group, ref input);
    }

    private void Close(OrderedSession state, ResultBatch results, bool isPartial = false)
    {
        _results.Add(results, state.Key, state.Start, state.End, _pool.Columns, state.Group, isPartial);
        _pool.Return(state.Group);
        state.IsOpen = false;
    }
}
