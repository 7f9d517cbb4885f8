using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Parcels;

namespace CloudPump.App.Messaging;

/// <summary>Sends what pipelines send to each other: over the topic, and to event hubs.</summary>
public sealed class ParcelSender(HubSender hubs, TopicSender topic) : IParcelSender
{
    /// <inheritdoc/>
    public async Task SendAsync(IReadOnlyList<Consignment> consignments, CancellationToken cancellationToken)
    {
        var sends = consignments.Where(c => c.Kind == OutletKind.Stream).GroupBy(c => (c.Target, c.Partition))
            .Select(g => hubs.SendAsync(g.Key.Target, g.Key.Partition, g, cancellationToken)).ToList();
        if (consignments.Where(c => c.Kind == OutletKind.Topic).ToList() is { Count: > 0 } routed)
        {
            sends.Add(topic.SendAsync(routed, cancellationToken));
        }

        await Task.WhenAll(sends);
    }

    /// <inheritdoc/>
    public Task IngestAsync(OutletKind kind, string target, IReadOnlyList<ReadOnlyMemory<byte>> events, string? key, CancellationToken cancellationToken) =>
        kind == OutletKind.Stream ? hubs.IngestAsync(target, events, key, cancellationToken) : topic.IngestAsync(target, events, cancellationToken);
}
