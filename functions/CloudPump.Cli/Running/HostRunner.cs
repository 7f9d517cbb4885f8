using CloudPump.Cli.Serving;
using CloudPump.Embedded;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Running;

/// <summary>Runs pipelines on the embedded host for a command, with progress on the terminal and a summary at the end.</summary>
internal sealed class HostRunner(CommandContext context)
{
    /// <summary>The data folder; null for a temporary store.</summary>
    public string? Data { get; init; }

    /// <summary>Go on waiting for more.</summary>
    public bool Follow { get; init; }

    /// <summary>Take only the dead letters that wait for their replay.</summary>
    public bool ReplayOnly { get; init; }

    /// <summary>Shows how it goes, until it is disposed of.</summary>
    public Func<EmbeddedHost, IAsyncDisposable>? Display { get; init; }

    /// <summary>Sees every delivered batch.</summary>
    public Action<string, Events.EventBatch>? Observe { get; init; }

    /// <summary>Called with the open host before it runs.</summary>
    public Action<EmbeddedHost>? Opened { get; init; }

    /// <summary>Begins to answer others over the network; disposed of with the host.</summary>
    public Func<EmbeddedHost, Task<LookupServer>>? Serve { get; init; }

    /// <summary>Runs until the inputs end or the stop; writes the summary for people to standard error.</summary>
    public async Task<RunSummary> RunAsync(PipelineSet set, CancellationToken stop)
    {
        await using var host = new EmbeddedHost(Options(), context.Registry);
        Opened?.Invoke(host);
        try
        {
            await using var display = Display?.Invoke(host);
            await using var server = Serve is null ? null : await Serve(host);
            await host.RunAsync(set, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped before anything was opened: there is nothing in flight.
        }

        var summary = RunSummary.Of(host, context.Time);
        summary.Write(context.Error);
        WriteDeadLetters(host, summary);
        return summary;
    }

    private EmbeddedOptions Options()
    {
        var warned = new HashSet<string>(StringComparer.Ordinal);
        return new EmbeddedOptions
        {
            DataFolder = Data,
            InstalledData = context.UserData,
            Follow = Follow,
            ReplayOnly = ReplayOnly,
            Time = context.Time,
            StandardInput = context.InputStream,
            StandardOutput = context.OutputStream,
            Observe = Observe,
            Warn = message => Warn(warned, message),
        };
    }

    private void Warn(HashSet<string> warned, string message)
    {
        lock (warned)
        {
            if (warned.Add(message))
            {
                context.Error.WriteLine("warning: " + message);
            }
        }
    }

    private void WriteDeadLetters(EmbeddedHost host, RunSummary summary)
    {
        if (summary.Dead == 0)
        {
            return;
        }

        foreach (var stored in host.Store.DeadLetters(most: 3))
        {
            context.Error.WriteLine($"dead letter: {stored.Letter.Id}: {stored.Letter.Processor}: {stored.Letter.Reason}");
        }

        context.Error.WriteLine(Data is null
            ? "The dead letters went with the temporary store; run with --data DIR to keep, look at and replay them."
            : $"See: cloudpump deadletters list --data {Data}");
    }
}
