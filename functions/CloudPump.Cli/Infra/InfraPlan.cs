using CloudPump.Hosting.Topology;

namespace CloudPump.Cli.Infra;

/// <summary>What pipelines need of Azure, as the infrastructure files say it.</summary>
/// <param name="Tier">The tier of Event Hubs that holds it.</param>
/// <param name="Hubs">The event hubs with their consumer groups.</param>
/// <param name="Topics">The topics with their subscriptions.</param>
internal sealed record InfraPlan(string Tier, IReadOnlyList<HubPlan> Hubs, IReadOnlyList<TopicPlan> Topics)
{
    /// <summary>Takes the plan from a topology, in an order that does not depend on the order of the files.</summary>
    public static InfraPlan Of(HostTopology topology, string tier) => new(
        tier,
        [.. topology.Hubs.OrderBy(h => h.Name, StringComparer.Ordinal).Select(h => h with { ConsumerGroups = [.. h.ConsumerGroups.Order(StringComparer.Ordinal)] })],
        [
            .. topology.Subscriptions.GroupBy(s => s.Topic, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new TopicPlan(g.Key, [.. g.OrderBy(s => s.Name, StringComparer.Ordinal)])),
        ]);
}
