namespace CloudPump.Cli.Infra;

/// <summary>What a tier of Azure, or the emulators, can hold.</summary>
/// <param name="Name">What the limits are of, for messages.</param>
/// <param name="Hubs">The most hubs of a namespace.</param>
/// <param name="Partitions">The most partitions of a hub.</param>
/// <param name="ConsumerGroups">The most consumer groups of a hub.</param>
/// <param name="Subscriptions">The most subscriptions of a topic.</param>
internal sealed record HostLimits(string Name, int Hubs, int Partitions, int ConsumerGroups, int Subscriptions)
{
    /// <summary>The names of the tiers.</summary>
    public static readonly string[] Tiers = ["standard", "premium"];

    /// <summary>Event Hubs Standard.</summary>
    public static readonly HostLimits Standard = new("Event Hubs Standard", 10, 32, 20, 2000);

    /// <summary>Event Hubs Premium with one processing unit.</summary>
    public static readonly HostLimits Premium = new("Event Hubs Premium", 100, 100, 100, 2000);

    /// <summary>Microsoft's emulators of Event Hubs and Service Bus.</summary>
    public static readonly HostLimits Emulators = new("the emulator", 10, 32, 20, 50);

    /// <summary>The limits of a tier.</summary>
    public static HostLimits Of(string tier) => tier == "premium" ? Premium : Standard;

    /// <summary>What does not fit, one sentence each.</summary>
    public IEnumerable<string> Exceeded(InfraPlan plan)
    {
        if (plan.Hubs.Count > Hubs)
        {
            yield return $"{Name} holds {Hubs} event hubs, and the pipelines need {plan.Hubs.Count}: {string.Join(", ", plan.Hubs.Select(h => h.Name))}.";
        }

        foreach (var hub in plan.Hubs.Where(h => h.Partitions > Partitions))
        {
            yield return $"{Name} gives a hub {Partitions} partitions, and '{hub.Name}' asks for {hub.Partitions}.";
        }

        foreach (var hub in plan.Hubs.Where(h => h.ConsumerGroups.Count > ConsumerGroups))
        {
            yield return $"{Name} gives a hub {ConsumerGroups} consumer groups, and '{hub.Name}' needs {hub.ConsumerGroups.Count}: {string.Join(", ", hub.ConsumerGroups)}.";
        }

        foreach (var topic in plan.Topics.Where(t => t.Subscriptions.Count > Subscriptions))
        {
            yield return $"{(this == Emulators ? Name : "Service Bus")} gives a topic {Subscriptions} subscriptions, and '{topic.Name}' needs {topic.Subscriptions.Count}.";
        }
    }
}
