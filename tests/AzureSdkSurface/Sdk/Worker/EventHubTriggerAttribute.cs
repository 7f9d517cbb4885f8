using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

public sealed class EventHubTriggerAttribute(string eventHubName) : TriggerBindingAttribute
{
    public string EventHubName { get; } = eventHubName;

    public string? ConsumerGroup { get; set; }

    public string? Connection { get; set; }

    public bool IsBatched { get; set; } = true;
}
