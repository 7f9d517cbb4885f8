using CloudPump.Pipelines;

namespace CloudPump.Hosting.Invocations;

/// <summary>
/// Replays dead letters. Each gets a number first, which is kept with it; the progress row of the replays remembers up to which number they are done. So a
/// replay that is broken off neither loses a letter nor takes one twice.
/// </summary>
internal sealed class ReplayRun(PipelineSet set, ComponentRegistry registry, RunnerPool runners, InvocationPorts ports)
{
    public async Task<int> RunAsync(string pipeline, string? id, TimeBudget budget, CancellationToken cancellationToken)
    {
        var definition = set.Find(pipeline) ?? throw new ArgumentException($"There is no pipeline '{pipeline}'.", nameof(pipeline));

        // Those that an earlier replay left unfinished come first: their numbers are lower, and the row remembers only up to which number all are done.
        var letters = (await ports.DeadLetters.ListAsync(pipeline, int.MaxValue, cancellationToken)).Where(l => id is null || l.Id == id || l.Number > 0).ToList();
        var numbered = (await ports.DeadLetters.NumberAsync(pipeline, letters, cancellationToken)).OrderBy(l => l.Number).ToList();
        string[] steps = [.. definition.Processors.Select(p => registry.Of(p).Name), registry.Of(definition.Sink).Name];
        await runners.WithFreshAsync(pipeline, new ReplayedPartition(pipeline, steps), runner => ReplayAsync(runner, numbered, budget, cancellationToken));
        return numbered.Count;
    }

    private async Task ReplayAsync(PartitionRunner runner, List<KeptLetter> letters, TimeBudget budget, CancellationToken cancellationToken)
    {
        foreach (var letter in letters)
        {
            await runner.OpenAsync(keepsRow: true, cancellationToken);
            if (letter.Number >= runner.Position && await ports.DeadLetters.LoadAsync(letter, cancellationToken) is { } whole)
            {
                await runner.RunAsync(
                    batch =>
                    {
                        ((ReplayedPartition)runner.Source).Fill(batch, whole);
                        return new(true);
                    }, null, budget, cancellationToken);
            }

            await ports.DeadLetters.DeleteAsync([letter], cancellationToken);
        }
    }
}
