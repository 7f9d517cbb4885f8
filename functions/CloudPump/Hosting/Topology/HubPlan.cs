namespace CloudPump.Hosting.Topology;

/// <summary>A stream that must exist: an event hub.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">How many partitions it gets.</param>
/// <param name="ConsumerGroups">Its consumer groups: one for each function that reads it.</param>
public sealed record HubPlan(string Name, int Partitions, IReadOnlyList<string> ConsumerGroups);
