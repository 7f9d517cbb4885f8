using CloudPump.Events;
using CloudPump.Hosting.Parcels;
using CloudPump.Hosting.Shards;
using CloudPump.Hosting.Topology;
using CloudPump.Pipelines;

namespace CloudPump.Hosting.Invocations;

/// <summary>
/// Runs pipelines invocation by invocation, on a host that wakes them with batches and forgets them in between. An invocation returns when everything that
/// came with it is accepted, and throws when the host must deliver it again.
/// </summary>
public sealed class InvocationHost : IAsyncDisposable
{
    private readonly InvocationPorts _ports;
    private readonly InvocationOptions _options;
    private readonly PipelineMetrics _metrics;
    private readonly PipelineFactory _factory;
    private readonly RunnerPool _runners;

    /// <summary>Makes the host; pipelines are built when the first batch comes for them.</summary>
    /// <exception cref="DefinitionException">A pipeline cannot run on functions.</exception>
    public InvocationHost(PipelineSet set, ComponentRegistry registry, InvocationPorts ports, InvocationOptions options, PipelineMetrics metrics)
    {
        (Set, Registry, _ports, _options, _metrics) = (set, registry, ports, options, metrics);
        Topology = HostTopology.Of(set);
        _factory = new PipelineFactory(set, Topology, registry, ports.Tables, options, metrics);
        _runners = new RunnerPool(set, _factory, ports, options);
        var catalog = new AnalyzerCatalog(set, registry, ports.Analyzers, options.Time);
        Shards = new ShardKeeper(catalog, Topology, ports, options, metrics);
        Sweeper = new ShardSweeper(catalog, Topology, ports, options);
    }

    /// <summary>The pipelines.</summary>
    public PipelineSet Set { get; }

    /// <summary>The components.</summary>
    public ComponentRegistry Registry { get; }

    /// <summary>What there must be.</summary>
    public HostTopology Topology { get; }

    /// <summary>The operations of analyzer shards.</summary>
    public ShardKeeper Shards { get; }

    /// <summary>Wakes shards that are behind.</summary>
    public ShardSweeper Sweeper { get; }

    /// <summary>The input that a function serves.</summary>
    /// <exception cref="InvalidOperationException">There is no such function.</exception>
    public PipelineInput InputOf(string function) =>
        Topology.Inputs.FirstOrDefault(i => i.Function == function) ?? throw new InvalidOperationException($"No pipeline has the function '{function}'.");

    /// <summary>The counts of a pipeline in this process.</summary>
    public Accounting AccountingOf(string pipeline) => _runners.AccountingOf(pipeline);

    /// <summary>Takes a batch of a stream's partition all the way.</summary>
    public async Task DeliverAsync(PipelineInput input, int partition, IReadOnlyList<Received> messages, CancellationToken cancellationToken)
    {
        var budget = Budget(null);
        await _runners.WithStreamAsync(input, partition, runner => RunAsync(runner, ordered: true, messages, budget, cancellationToken), cancellationToken);
    }

    /// <summary>Takes one message of a subscription all the way. When another instance was faster, it is taken again at once: a topic has many readers.</summary>
    /// <param name="input">The subscription.</param>
    /// <param name="message">The message.</param>
    /// <param name="keepAlive">Renews the message's lock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task DeliverAsync(PipelineInput input, Received message, Func<CancellationToken, Task> keepAlive, CancellationToken cancellationToken)
    {
        for (var budget = Budget(keepAlive); ; await keepAlive(cancellationToken))
        {
            try
            {
                await _runners.WithTopicAsync(input, runner => RunAsync(runner, ordered: false, [message], budget, cancellationToken), cancellationToken);
                return;
            }
            catch (StaleProgressException) when (budget.Left > TimeSpan.Zero)
            {
            }
        }
    }

    /// <summary>Reads a triggered source until it has nothing new, or the time is over.</summary>
    public Task RunScheduleAsync(PipelineInput input, CancellationToken cancellationToken) =>
        new ScheduleRun(Set, new PlannedStreams(Topology), _runners, _options).RunAsync(input, Budget(null), cancellationToken);

    /// <summary>Takes dead letters through their pipeline again, from the step that failed on; returns how many.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="id">One letter, or null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<int> ReplayAsync(string pipeline, string? id, CancellationToken cancellationToken) =>
        new ReplayRun(Set, Registry, _runners, _ports).RunAsync(pipeline, id, Budget(null), cancellationToken);

    /// <summary>Puts events from outside where the pipeline reads: its first stream, or its subscription.</summary>
    public Task IngestAsync(PipelineInput input, IReadOnlyList<ReadOnlyMemory<byte>> events, string? key, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return Task.CompletedTask;
        }

        var stream = Set.Find(input.Pipeline)!.Sources.OfType<StreamSource>().FirstOrDefault();
        return stream is null
            ? _ports.Sender.IngestAsync(OutletKind.Topic, input.Pipeline, events, key, cancellationToken)
            : _ports.Sender.IngestAsync(OutletKind.Stream, stream.Name, events, key, cancellationToken);
    }

    /// <summary>The lookup of a name; null when no pipeline uses one.</summary>
    /// <exception cref="Lookups.LookupException">A lookup cannot be loaded.</exception>
    public async Task<Lookups.Lookup?> FindLookupAsync(string name, CancellationToken cancellationToken) => (await _factory.LookupsAsync(cancellationToken)).Find(name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _runners.DisposeAsync();
        await _factory.DisposeAsync();
        _metrics.Dispose();
    }

    private TimeBudget Budget(Func<CancellationToken, Task>? keepAlive) => new(_options.Budget, _options.Time, _options.Warn, keepAlive);

    private async Task<bool> RunAsync(
        PartitionRunner runner, bool ordered, IReadOnlyList<Received> messages, TimeBudget budget, CancellationToken cancellationToken)
    {
        await OpenAsync();
        if (ordered && await runner.BeginsAnotherAsync(messages))
        {
            await OpenAsync();
        }

        var fresh = ordered ? [.. messages.Where(m => m.Position >= runner.Position)] : messages;
        var decoder = new ReceivedDecoder(runner.Source, ordered, runner.Seen);
        var any = await runner.RunAsync(FillAsync, decoder.Fresh, budget, cancellationToken);
        if (messages.Count > 0)
        {
            _metrics.RecordLag(runner.Pipeline, _options.Time.GetUtcNow() - messages[0].Enqueued);
        }

        return any;

        Task OpenAsync() => budget.RunAsync(() => runner.OpenAsync(keepsRow: false, cancellationToken), $"'{runner.Source.Name}' cannot be opened", cancellationToken);

        async ValueTask<bool> FillAsync(EventBatch batch)
        {
            decoder.Fill(batch, await UnclaimAsync(fresh, cancellationToken));
            return batch.RowCount > 0;
        }
    }

    private async Task<IReadOnlyList<Received>> UnclaimAsync(IReadOnlyList<Received> messages, CancellationToken cancellationToken)
    {
        if (messages.All(m => m.Claim is null))
        {
            return messages;
        }

        var whole = new List<Received>();
        foreach (var message in messages)
        {
            whole.Add(message.Claim is null ? message : await UnclaimAsync(message, cancellationToken));
        }

        return whole;
    }

    // When the blob is gone, an empty parcel, which cannot be read, makes a dead letter: no event vanishes in silence.
    private async Task<Received> UnclaimAsync(Received message, CancellationToken cancellationToken) =>
        await _ports.Blobs.GetAsync(BlobContainers.Claims, message.Claim!, cancellationToken) is { } body
            ? message with { Body = body }
            : message with { Body = default, ContentType = Parcel.ContentType };
}
