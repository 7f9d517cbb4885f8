using CloudPump.App.Analyzers;
using CloudPump.Hosting.Invocations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CloudPump.App.Triggers;

/// <summary>Wakes the shards of analyzers that are behind, once a minute.</summary>
public sealed class SweepFunction(InvocationHost host, EntitySignals signals)
{
    /// <summary>Looks at all analyzers.</summary>
    [Function("cloudpump-sweep")]
    public Task RunAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        signals.Use(client);
        return host.Sweeper.RunAsync(cancellationToken);
    }
}
