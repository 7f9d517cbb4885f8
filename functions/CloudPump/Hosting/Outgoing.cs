using CloudPump.Events;

namespace CloudPump.Hosting;

/// <summary>A block of events on its way to a pipeline's subscription or to a stream.</summary>
/// <param name="Kind">Over a topic or a stream.</param>
/// <param name="Target">The pipeline, or the stream.</param>
/// <param name="Partition">The stream's partition; 0 for a topic.</param>
/// <param name="Count">How many events.</param>
/// <param name="Block">The events, as <see cref="EventBlockWriter"/> packs them.</param>
public sealed record Outgoing(OutletKind Kind, string Target, int Partition, int Count, byte[] Block)
{
    /// <summary>Which of the pipeline's steps sends them; empty where the host does not ask.</summary>
    public string Lane { get; init; } = "";

    /// <summary>The way that they have come.</summary>
    public Hop Hop { get; init; }

    /// <summary>Their positions on that way, in order; empty where the host does not ask.</summary>
    public IReadOnlyList<PositionRun> Positions { get; init; } = [];
}
