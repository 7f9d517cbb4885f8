using CloudPump.Hosting.Parcels;
using CloudPump.Pipelines;

namespace CloudPump.Hosting.Invocations;

/// <summary>
/// Replays dead letters. Each gets a number first, which is kept with it; the progress row of the replays remembers which numbers are done. So a replay that is
/// broken off, or runs beside another one, neither loses a letter nor counts one twice. Only what is done is deleted.
/// </summary>
internal sealed class ReplayRun(PipelineSet set, ComponentRegistry registry, RunnerPool runners, InvocationPorts ports)
{
    public async Task<int> RunAsync(string pipeline, string? id, TimeBudget budget, CancellationToken cancellationToken)
    {
        var definition = set.Find(pipeline) ?? throw new ArgumentException($"There is no pipeline '{pipeline}'.", nameof(pipeline));
        var letters = await ports.DeadLetters.ListAsync(pipeline, int.MaxValue, cancellationToken);
        var chosen = await ports.DeadLetters.NumberAsync(pipeline, [.. letters.Where(l => id is null || l.Id == id)], cancellationToken);
        string[] steps = [.. definition.Processors.Select(p => registry.Of(p).Name), registry.Of(definition.Sink).Name];
        var replayed = 0;
        await runners.WithFreshAsync(pipeline, new ReplayedPartition(pipeline, steps), async runner =>
        {
            foreach (var letter in chosen.OrderBy(l => l.Number))
            {
                replayed += await ReplayAsync(runner, letter, budget, cancellationToken) ? 1 : 0;
                if (budget.Left <= TimeSpan.Zero)
                {
                    // The next replay goes on here.
                    return;
                }
            }
        });
        return replayed;
    }

    private async Task<bool> ReplayAsync(PartitionRunner runner, KeptLetter letter, TimeBudget budget, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (!await TryTakeAsync(runner, letter, budget, cancellationToken))
                {
                    return false;
                }

                await ports.DeadLetters.DeleteAsync([letter], cancellationToken);
                return true;
            }
            catch (StaleProgressException) when (budget.Left > TimeSpan.Zero)
            {
                // Another replay has moved the row, perhaps with this very letter: the row tells.
            }
        }
    }

    // False when the letter is gone, or is no longer the one that was numbered: it is in other hands, or has failed again.
    private async Task<bool> TryTakeAsync(PartitionRunner runner, KeptLetter letter, TimeBudget budget, CancellationToken cancellationToken)
    {
        await budget.RunAsync(() => runner.OpenAsync(keepsRow: true, cancellationToken), $"'{runner.Source.Name}' cannot be opened", cancellationToken);
        if (runner.Seen.Contains(runner.Source.Name, letter.Number))
        {
            return true;
        }

        if (await ports.DeadLetters.LoadAsync(letter, cancellationToken) is not { } whole)
        {
            return false;
        }

        var done = new SeenEvents();
        done.Add(runner.Source.Name, letter.Number, letter.Number);
        return await runner.RunAsync(
            batch =>
            {
                ((ReplayedPartition)runner.Source).Fill(batch, whole);
                return new(true);
            }, done, budget, cancellationToken);
    }
}
