using CloudPump.Events;
using CloudPump.Hosting.Topology;
using CloudPump.Pipelines;

namespace CloudPump.Hosting.Invocations;

/// <summary>One firing of a schedule: every partition of the source is read from its cursor until there is nothing new, or the time is over.</summary>
internal sealed class ScheduleRun(PipelineSet set, IStreams streams, RunnerPool runners, InvocationOptions options)
{
    // The rest of the budget is for the batch that is under way; of a small budget it is a part, so that something is read at all.
    private readonly TimeSpan _reserve = options.Budget / 4 < TimeSpan.FromMinutes(1) ? options.Budget / 4 : TimeSpan.FromMinutes(1);

    public async Task RunAsync(PipelineInput input, TimeBudget budget, CancellationToken cancellationToken)
    {
        var definition = set.Find(input.Pipeline)!;
        var context = new SourceContext
        {
            Pipeline = input.Pipeline,
            Time = options.Time,
            Streams = streams,
            Connections = set.Connections,
            Grows = true,
            WholeDocuments = definition.ReadsWholeDocuments,
        };
        foreach (var partition in await input.Source!.OpenAsync(context, cancellationToken))
        {
            if (budget.Left < _reserve)
            {
                // The next firing goes on here.
                await partition.DisposeAsync();
                continue;
            }

            await runners.WithFreshAsync(input.Pipeline, partition, runner => DrainAsync(runner, budget, cancellationToken));
        }
    }

    private async Task DrainAsync(PartitionRunner runner, TimeBudget budget, CancellationToken cancellationToken)
    {
        var source = runner.Source;
        await budget.RunAsync(() => runner.OpenAsync(keepsRow: true, cancellationToken), $"'{source.Name}' cannot be opened", cancellationToken);
        var ended = false;
        while (!ended && budget.Left >= _reserve)
        {
            await runner.RunAsync(FillAsync, null, budget, cancellationToken);
        }

        async ValueTask<bool> FillAsync(EventBatch batch)
        {
            ended = await source.ReadAsync(batch, cancellationToken) == ReadResult.End;
            source.Decode(batch);
            Place(batch, source);
            return !ended;
        }
    }

    private static void Place(EventBatch batch, SourcePartition source)
    {
        var hop = batch.AddHop(PartitionNames.WayOf(source, batch.Identity ?? source.Identity, ordered: true));
        for (var row = 0; row < batch.RowCount; row++)
        {
            batch.SetHop(row, hop, batch.Header(row).Offset);
        }
    }
}
