namespace CloudPump.Hosting.Topology;

/// <summary>A subscription that must exist. It gets the messages whose property `pipeline` names its pipeline.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Name">The subscription's name.</param>
/// <param name="Pipeline">The pipeline: what the property must be.</param>
public sealed record SubscriptionPlan(string Topic, string Name, string Pipeline);
