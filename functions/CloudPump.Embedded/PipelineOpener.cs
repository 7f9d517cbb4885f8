using CloudPump.Embedded.Storage;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Embedded;

/// <summary>Opens one pipeline for its worker: source partitions at their positions, analyzers' state, the sink at its reference.</summary>
internal sealed class PipelineOpener(
    PipelineDefinition definition, PipelineInstance instance, LogGraph graph, EmbeddedStreams streams, StoreDatabase database, EmbeddedOptions options)
{
    private readonly ProgressStore _progress = new(database);
    private readonly List<WorkerPartition> _partitions = [];

    /// <summary>The partitions that are open so far: the worker disposes of them also when the opening fails.</summary>
    public IReadOnlyList<WorkerPartition> Partitions => _partitions;

    /// <summary>Opens everything.</summary>
    public async Task OpenAsync(ConnectionSet connections, AnalyzerGenerations generations, CancellationToken stop, CancellationToken abort)
    {
        foreach (var source in options.ReplayOnly ? [] : definition.Sources)
        {
            var written = source is StreamSource stream && graph.IsWrittenHere(stream.Name);
            await AddAsync(await source.OpenAsync(Context(connections), stop), outside: !written, written ? abort : stop, abort);
        }

        foreach (var log in graph.InputsOf(definition))
        {
            // What a pipeline of this host sends is waited for: it stops first, and completes the log.
            await AddAsync([streams.Open(log, definition.Name)], outside: false, graph.HasSender(log) ? abort : stop, abort);
        }

        await AddAsync([new ReplayPartition(database, definition.Name, instance.StepNames, options)], outside: false, stop, abort);
        var holding = _partitions.Where(p => p.Source.HoldsTimeBack).Select(p => p.Source.Name).ToHashSet(StringComparer.Ordinal);
        generations.Open(definition.Name, instance.Analyzers, options.ReplayOnly ? null : holding);
        await instance.LoadMemoryAsync(new TableStore(database), ends: null, stop);
        await instance.OpenSinkAsync(_progress.OutputOf(definition.Name), stop);
    }

    private async Task AddAsync(IReadOnlyList<SourcePartition> sources, bool outside, CancellationToken stop, CancellationToken abort)
    {
        var next = 0;
        try
        {
            for (; next < sources.Count; next++)
            {
                await AddAsync(sources[next], outside, stop, abort);
            }
        }
        catch
        {
            for (; next < sources.Count; next++)
            {
                await sources[next].DisposeAsync();
            }

            throw;
        }
    }

    private async Task AddAsync(SourcePartition source, bool outside, CancellationToken stop, CancellationToken abort)
    {
        var row = _progress.Find(definition.Name, source.Name);
        await source.OpenAsync(row, stop);
        var index = instance.AddPartition(source, row is null || row.Identity == source.Identity ? row : row.ForAnotherInput(source.Identity));
        _partitions.Add(new WorkerPartition(source, index, instance.CreateBatch(), options.Time, stop, abort)
        {
            Outside = outside,

            // A replay comes after a run: time that had ended then ends again.
            EndsTime = !options.ReplayOnly || row is { Ended: true },
        });
    }

    private SourceContext Context(ConnectionSet connections) => new()
    {
        Pipeline = definition.Name,
        Time = options.Time,
        Streams = streams,
        Connections = connections,
        Follow = options.Follow,
        WholeDocuments = definition.ReadsWholeDocuments,
        StandardInput = options.StandardInput,
    };
}
