using CloudPump.Embedded.Storage;
using CloudPump.Hosting;
using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Embedded;

/// <summary>
/// Runs pipelines on one machine over a store in one folder. Every pipeline has one worker; streams, topics, analyzer state and dead letters lie in the store,
/// and one transaction moves them together with the positions.
/// </summary>
public sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly EmbeddedOptions _options;
    private readonly ComponentRegistry _registry;
    private readonly StoreFolder _folder;
    private readonly StoreDatabase _database;
    private readonly StreamLogs _logs;
    private readonly ShardStore _shards;
    private readonly CommitWriter _writer;
    private readonly GroupCommitter _committer;
    private readonly PipelineMetrics _metrics = new();
    private readonly List<PipelineWorker> _workers = [];
    private LookupHost? _lookups;

    /// <summary>Opens the store; only one process at a time can have it open.</summary>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public EmbeddedHost(EmbeddedOptions options, ComponentRegistry registry)
    {
        _options = options;
        _registry = registry;
        _folder = new StoreFolder(options.DataFolder);
        _database = OpenDatabase(_folder);
        _logs = new StreamLogs(_database, options.Time, options.MostBacklog);
        _shards = new ShardStore(_database, options.Time);
        _writer = new CommitWriter(_database, _logs, _shards, options.Time, _folder.IsTemporary ? TimeSpan.Zero : options.Retention);
        _committer = new GroupCommitter(_database, _writer);
        Store = new EmbeddedStore(_database, ownsDatabase: false);
    }

    /// <summary>What lies in the store: dead letters and tables.</summary>
    public EmbeddedStore Store { get; }

    /// <summary>The lookups in use; null before they are loaded.</summary>
    public LookupHost? Lookups => _lookups;

    /// <summary>The running pipelines, senders before receivers.</summary>
    public IEnumerable<PipelineStatus> Status => _workers.Select(w => w.Status);

    /// <summary>
    /// Runs the pipelines of a set and all that they send to, until their inputs have ended, or until <paramref name="stop"/>: then sources stop, and what is in
    /// flight is finished and committed.
    /// </summary>
    /// <exception cref="PipelineFailedException">A pipeline failed; everything committed so far is safe.</exception>
    public async Task RunAsync(PipelineSet set, CancellationToken stop)
    {
        var definitions = set.Reachable();
        using var abort = new CancellationTokenSource();
        var graph = new LogGraph(_logs, definitions);
        _lookups = await OpenLookupsAsync(set, definitions, stop);
        foreach (var definition in definitions)
        {
            await OpenAsync(definition, set, definitions, graph, stop, abort.Token);
        }

        await Task.WhenAll(_workers.Select(w => RunAsync(w, graph, abort)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        if (_lookups is not null)
        {
            await _lookups.DisposeAsync();
        }

        await _committer.DisposeAsync();
        _writer.Dispose();
        _shards.Dispose();
        _logs.Dispose();
        _database.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
    }

    private static StoreDatabase OpenDatabase(StoreFolder folder)
    {
        try
        {
            return new StoreDatabase(folder.Path, durable: !folder.IsTemporary);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static async Task RunAsync(PipelineWorker worker, LogGraph graph, CancellationTokenSource abort)
    {
        try
        {
            // On a thread of its own: the processors do not wait, they compute.
            await Task.Run(worker.RunAsync, CancellationToken.None);
        }
        catch (Exception e) when (e is not OperationCanceledException || !abort.IsCancellationRequested)
        {
            await abort.CancelAsync();
            throw new PipelineFailedException(worker.Status.Name, e);
        }
        catch (OperationCanceledException)
        {
            // Another pipeline has failed; that failure is the one to report.
        }

        graph.Finished(worker.Status.Name);
    }

    private async Task OpenAsync(
        PipelineDefinition definition, PipelineSet set, IReadOnlyList<PipelineDefinition> running, LogGraph graph, CancellationToken stop, CancellationToken abort)
    {
        try
        {
            var streams = new EmbeddedStreams(_logs, _database, log => !_options.Follow && !graph.HasSender(log));
            var instance = new PipelineInstance(definition, _registry, BuildContext(definition, set, running, streams), _metrics);
            var opener = new PipelineOpener(definition, instance, graph, streams, _database, _options);

            // A worker from here on, so that it is disposed of with the host whatever becomes of the opening.
            _workers.Add(new PipelineWorker(instance, opener.Partitions, graph.TargetsOf(definition), _committer, _options, _folder.IsTemporary, stop, abort));
            await opener.OpenAsync(set.Connections, new AnalyzerGenerations(_database, _shards, _writer, _registry), stop, abort);
        }
        catch (Exception e) when (e is not (DefinitionException or StoreException) && !stop.IsCancellationRequested)
        {
            throw new PipelineFailedException(definition.Name, e);
        }
    }

    private async Task<LookupHost> OpenLookupsAsync(PipelineSet set, IReadOnlyList<PipelineDefinition> definitions, CancellationToken stop)
    {
        var lookups = new LookupHost(set.Lookups, LookupUses.Of(definitions, _registry), new LookupHostOptions
        {
            Connections = set.Connections,
            Time = _options.Time,
            Tables = new TableStore(_database),
            CopyFolder = _folder.IsTemporary ? null : _folder.Path,
            Warn = _options.Warn,
        });
        try
        {
            await lookups.OpenAsync(stop);
            return lookups;
        }
        catch
        {
            await lookups.DisposeAsync();
            throw;
        }
    }

    private BuildContext BuildContext(
        PipelineDefinition definition, PipelineSet set, IReadOnlyList<PipelineDefinition> running, EmbeddedStreams streams) => new()
    {
        Pipeline = definition.Name,
        Time = _options.Time,
        Streams = streams,
        Tells = [.. running.Where(r => r.Triggers.Any(t => t.Pipeline == definition.Name)).Select(r => r.Name)],
        Connections = set.Connections,
        Lookups = _lookups,
        DataFolder = new[] { _options.DataFolder, _options.InstalledData }.FirstOrDefault(f => f is not null && Directory.Exists(Path.Combine(f, "geoip"))),
        StandardOutput = _options.StandardOutput,
        Warn = _options.Warn,
        Durable = !_folder.IsTemporary,
    };
}
