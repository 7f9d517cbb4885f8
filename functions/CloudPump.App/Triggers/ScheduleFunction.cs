using CloudPump.App.Analyzers;
using CloudPump.Hosting.Invocations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CloudPump.App.Triggers;

/// <summary>A triggered source, read from its cursor on each firing of its schedule. The host lets one instance fire.</summary>
public sealed class ScheduleFunction(InvocationHost host, EntitySignals signals)
{
    /// <summary>Reads the source until it has nothing new, or the time is over.</summary>
    [Function(Templates.Schedule)]
    [ExponentialBackoffRetry(-1, "00:00:05", "00:15:00")]
    public Task RunAsync(
        [TimerTrigger(Templates.Placeholder)] TimerInfo timer, [DurableClient] DurableTaskClient client, FunctionContext context, CancellationToken cancellationToken)
    {
        signals.Use(client);
        return host.RunScheduleAsync(host.InputOf(context.FunctionDefinition.Name), cancellationToken);
    }
}
