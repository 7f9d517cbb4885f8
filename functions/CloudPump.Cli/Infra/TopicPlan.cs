using CloudPump.Hosting.Topology;

namespace CloudPump.Cli.Infra;

/// <summary>A topic that must exist, with its subscriptions.</summary>
internal sealed record TopicPlan(string Name, IReadOnlyList<SubscriptionPlan> Subscriptions);
