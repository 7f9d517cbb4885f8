using CloudPump.Hosting.Topology;

namespace CloudPump.Hosting.Invocations;

/// <summary>The streams as they were planned: the infrastructure was made from the same plan.</summary>
internal sealed class PlannedStreams(HostTopology topology) : IStreams
{
    private readonly Dictionary<string, int> _partitions = topology.Hubs.ToDictionary(h => h.Name, h => h.Partitions, StringComparer.Ordinal);

    public int PartitionsOf(string stream, int wanted) => _partitions.GetValueOrDefault(stream, wanted);

    public IReadOnlyList<SourcePartition> Open(string stream, string consumer, int partitions) =>
        throw new InvalidOperationException($"The stream '{stream}' comes through a trigger; nobody opens it.");
}
