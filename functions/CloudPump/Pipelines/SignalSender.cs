using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Pipelines;

/// <summary>Tells other pipelines that this one has had events: one event without fields per batch, so that nothing of the events themselves travels.</summary>
internal sealed class SignalSender(BuildContext context)
{
    private readonly Outlet[] _outlets = [.. context.Tells.Select(t => context.Outlet(OutletKind.Stream, PipelineStreams.SignalsOf(t), "signal"))];
    private readonly EventBatch _signal = new(context.Fields);

    /// <summary>Tells of a batch that the sink has taken.</summary>
    public void Tell(EventBatch batch)
    {
        if (_outlets.Length == 0 || batch.Rows.Length == 0)
        {
            return;
        }

        ref readonly var header = ref batch.Header(batch.Rows[0]);
        _signal.Clear();
        _signal.AddOrigin(batch.Origins[header.Origin]);
        _signal.AddHop(batch.Hops.Count > 0 ? batch.Hops[header.Hop] : default);
        var row = _signal.Add(new EventHeader { Offset = header.Offset, Index = header.Index, Received = header.Received, Position = header.Position, RawLength = -1, Parsed = true });
        foreach (var outlet in _outlets)
        {
            outlet.Add(_signal, row);
        }
    }
}
