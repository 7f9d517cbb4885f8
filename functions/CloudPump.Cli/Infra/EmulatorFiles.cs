using System.Text.Json.Nodes;
using CloudPump.Hosting.Topology;

namespace CloudPump.Cli.Infra;

/// <summary>The configuration files of Microsoft's emulators. Their values are the largest that these take, where Azure takes more.</summary>
internal static class EmulatorFiles
{
    // The emulator refuses a namespace without any hub.
    private static readonly HubPlan Unused = new("unused", 1, []);

    /// <summary>The configuration of the Event Hubs emulator.</summary>
    public static JsonObject EventHubs(InfraPlan plan) => new()
    {
        ["UserConfig"] = new JsonObject
        {
            ["NamespaceConfig"] = new JsonArray(new JsonObject
            {
                ["Type"] = "EventHub",
                ["Name"] = "emulatorNs1",
                ["Entities"] = new JsonArray([.. plan.Hubs.DefaultIfEmpty(Unused).Select(Hub)]),
            }),
            ["LoggingConfig"] = new JsonObject { ["Type"] = "Console" },
        },
    };

    /// <summary>The configuration of the Service Bus emulator.</summary>
    public static JsonObject ServiceBus(InfraPlan plan) => new()
    {
        ["UserConfig"] = new JsonObject
        {
            ["Namespaces"] = new JsonArray(new JsonObject
            {
                ["Name"] = "sbemulatorns",
                ["Queues"] = new JsonArray(),
                ["Topics"] = new JsonArray([.. plan.Topics.Select(Topic)]),
            }),
            ["Logging"] = new JsonObject { ["Type"] = "Console" },
        },
    };

    private static JsonObject Hub(HubPlan hub)
    {
        var entity = new JsonObject { ["Name"] = hub.Name, ["PartitionCount"] = hub.Partitions };
        if (hub.ConsumerGroups.Count > 0)
        {
            entity["ConsumerGroups"] = new JsonArray([.. hub.ConsumerGroups.Select(g => new JsonObject { ["Name"] = g })]);
        }

        return entity;
    }

    private static JsonObject Topic(TopicPlan topic) => new()
    {
        ["Name"] = topic.Name,
        ["Properties"] = new JsonObject
        {
            ["DefaultMessageTimeToLive"] = "PT1H",
            ["DuplicateDetectionHistoryTimeWindow"] = "PT20S",
            ["RequiresDuplicateDetection"] = false,
        },
        ["Subscriptions"] = new JsonArray([.. topic.Subscriptions.Select(Subscription)]),
    };

    private static JsonObject Subscription(SubscriptionPlan subscription) => new()
    {
        ["Name"] = subscription.Name,
        ["Properties"] = new JsonObject
        {
            ["DeadLetteringOnMessageExpiration"] = true,
            ["DefaultMessageTimeToLive"] = "PT1H",
            ["LockDuration"] = "PT5M",
            ["MaxDeliveryCount"] = 10,
            ["ForwardDeadLetteredMessagesTo"] = "",
            ["ForwardTo"] = "",
            ["RequiresSession"] = false,
        },
        ["Rules"] = new JsonArray(new JsonObject
        {
            // The emulator makes a rule that takes every message only where there is no other, and it refuses the name `$Default`.
            ["Name"] = "pipeline",
            ["Properties"] = new JsonObject
            {
                ["FilterType"] = "Correlation",
                ["CorrelationFilter"] = new JsonObject { ["Properties"] = new JsonObject { ["pipeline"] = subscription.Pipeline } },
            },
        }),
    };
}
