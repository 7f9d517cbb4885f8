using System.Text.Json.Nodes;
using CloudPump.Connectors.Files;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Testing;

namespace CloudPump.Cli.Explain;

/// <summary>
/// Reads a file up to one event and explains that one. The events before it go through the same processors, because what analyzers do to
/// an event depends on them; what follows is not read.
/// </summary>
internal sealed class InputEvent(PipelineDefinition pipeline, CommandContext context, BuildContext build)
{
    private readonly DryRun _run = new(pipeline, context.Registry, build);

    /// <summary>Explains the event of this number, from 1 on.</summary>
    /// <exception cref="UsageException">The input has fewer events.</exception>
    public async Task<Explanation> ExplainAsync(string path, long number, CancellationToken stop)
    {
        await using var source = await OpenAsync(path, stop);
        var batch = _run.CreateBatch();
        var seen = 0L;
        while (await source.ReadAsync(batch, stop) == ReadResult.Events)
        {
            if (seen + batch.RowCount >= number)
            {
                return Explain(batch, (int)(number - seen - 1), number);
            }

            seen += batch.RowCount;
            _run.Process(batch);
            _run.TakeRouted();
            batch.Clear();
        }

        throw new UsageException(seen == 0 ? $"'{path}' has no events." : $"'{path}' has only {seen} event(s); --event takes 1 to {seen}.");
    }

    private async ValueTask<SourcePartition> OpenAsync(string path, CancellationToken stop)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file '{path}'.");
        }

        var source = new FileSource { Path = path };
        if (pipeline.Sources.OfType<FileSource>().FirstOrDefault() is { } own)
        {
            source.MaxEvent = own.MaxEvent;
        }

        var opening = new SourceContext
        {
            Pipeline = pipeline.Name,
            Time = context.Time,
            Streams = new NoStreams(),
            WholeDocuments = pipeline.ReadsWholeDocuments,
        };
        var partition = (await source.OpenAsync(opening, stop))[0];
        await partition.OpenAsync(null, stop);
        return partition;
    }

    private Explanation Explain(EventBatch read, int index, long number)
    {
        var before = Copy(read, 0, index);
        _run.Process(before);
        var failure = read.Failures.Where(f => f.Row == index).Select(f => f.Reason).FirstOrDefault();
        var raw = System.Text.Encoding.UTF8.GetString(read.Raw(index));
        if (failure is not null)
        {
            var step = new ExplainedStep(0, new JsonObject { ["source"] = new JsonObject() }, [], [], null, StepOutcome.Dead, failure);
            return new Explanation(pipeline.Name, number, read.Header(index).Offset, raw, [step], []);
        }

        var one = Copy(read, index, 1);
        var steps = new Explainer(_run, context.Registry).Explain(one);
        return new Explanation(pipeline.Name, number, read.Header(index).Offset, raw, steps, [.. one.Rows.ToArray().Select(r => FieldValues.Json(one, r))]);
    }

    private EventBatch Copy(EventBatch from, int first, int count)
    {
        var batch = _run.CreateBatch();
        for (var row = first; row < first + count; row++)
        {
            if (from.RemovalOf(row) == Removal.None)
            {
                var header = from.Header(row);
                header.Origin = batch.AddOrigin(from.Origins[header.Origin]);
                header.RawOffset = batch.Append(from.Raw(row));
                batch.Add(header);
            }
        }

        return batch;
    }

    private sealed class NoStreams : IStreams
    {
        public int PartitionsOf(string stream, int wanted) => 1;

        public IReadOnlyList<SourcePartition> Open(string stream, string consumer, int partitions) => [];
    }
}
