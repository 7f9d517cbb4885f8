using CloudPump.Embedded;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Running;

/// <summary>Runs the pipelines of a store once more without their own sources: they take just the dead letters that wait for their replay.</summary>
internal sealed class Replay(CommandContext context, string data)
{
    /// <summary>Runs until everything that waits has been taken.</summary>
    /// <param name="files">Pipeline files; those that ran with the store when none are given.</param>
    /// <param name="output">Where results go; what the last run said when null.</param>
    /// <param name="stop">Stops in order.</param>
    public async Task<RunSummary> RunAsync(IReadOnlyList<string> files, string? output, CancellationToken stop)
    {
        IReadOnlyList<(string Path, string? Output)> remembered;
        IReadOnlyList<string> waiting;
        using (var store = EmbeddedStore.Open(data))
        {
            remembered = store.Definitions();
            waiting = store.QueuedForReplay();
        }

        var paths = files.Count > 0 ? files : [.. remembered.Select(d => d.Path)];
        if (paths.Count == 0)
        {
            throw new UsageException("The store does not know which pipeline files ran with it; name them with --pipelines.");
        }

        var loaded = context.Loader.Load(paths);
        var target = output ?? remembered.Select(d => d.Output).FirstOrDefault();
        var set = OutputTarget.WithOutput(loaded, target);
        var unknown = waiting.FirstOrDefault(name => set.Find(name) is null);
        return unknown is null
            ? await new HostRunner(context) { Data = data, ReplayOnly = true }.RunAsync(set, stop)
            : throw new UsageException($"The pipeline '{unknown}' has dead letters to replay, but none of the files declares it.");
    }
}
