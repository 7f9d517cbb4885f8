using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Topology;
using CloudPump.Pipelines;

namespace CloudPump.Hosting.Shards;

/// <summary>
/// The operations of a shard, as a durable entity calls them: the record in, the record out. An operation never throws because of what it is given: an entity's
/// operation that throws is rolled back and its signal is gone. What it cannot do now it leaves to the sweep.
/// </summary>
public sealed class ShardKeeper
{
    /// <summary>Applies a piece, and those before it that are missing.</summary>
    public const string Apply = "apply";

    /// <summary>Looks at the progress of all partitions, and closes what is due.</summary>
    public const string Sweep = "sweep";

    /// <summary>Publishes the results that wait.</summary>
    public const string Publish = "publish";

    /// <summary>Answers with what the shard holds, as NDJSON, when its kind can be looked at.</summary>
    public const string Read = "read";

    /// <summary>Forgets everything that is open.</summary>
    public const string Clear = "clear";

    private readonly AnalyzerCatalog _catalog;
    private readonly HostTopology _topology;
    private readonly InvocationPorts _ports;
    private readonly InvocationOptions _options;
    private readonly PipelineMetrics _metrics;
    private readonly ShardCache _cache = new();

    internal ShardKeeper(AnalyzerCatalog catalog, HostTopology topology, InvocationPorts ports, InvocationOptions options, PipelineMetrics metrics) =>
        (_catalog, _topology, _ports, _options, _metrics) = (catalog, topology, ports, options, metrics);

    /// <summary>Runs an operation.</summary>
    /// <param name="entityKey">The entity's key, as <see cref="ShardAddress.Key"/> makes it.</param>
    /// <param name="operation">The operation's name.</param>
    /// <param name="signal">The signal of a piece, for <see cref="Apply"/>.</param>
    /// <param name="saved">The shard's record; null when there is none yet.</param>
    /// <param name="durable">
    /// The record that is durable: the very same, or the one that its batch of operations began with. All of a batch is lost when its process dies, so nothing may
    /// leave the shard that is not in this one.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ShardOutcome> RunAsync(string entityKey, string operation, PieceSignal? signal, byte[]? saved, byte[]? durable, CancellationToken cancellationToken)
    {
        try
        {
            if (await _catalog.FindAsync(entityKey, cancellationToken) is not var (address, analyzer))
            {
                _options.Warn($"The shard '{entityKey}' belongs to no analyzer that is known here; it is left as it is.");
                return new ShardOutcome(saved);
            }

            var run = new ShardRun(address, analyzer, _catalog, _topology, _ports, _options, Count) { Durable = durable, IsDurable = ReferenceEquals(saved, durable) };
            return operation.ToLowerInvariant() switch
            {
                Apply when signal is not null => await ChangeAsync(run, saved, shard => run.ApplyAsync(shard, signal, cancellationToken), cancellationToken),
                Sweep => await ChangeAsync(run, saved, shard => run.SweepAsync(shard, cancellationToken), cancellationToken),
                Publish => await ChangeAsync(run, saved, shard => run.PublishAsync(shard, cancellationToken), cancellationToken),
                Clear => await ChangeAsync(run, saved, shard => ClearAsync(shard, cancellationToken), cancellationToken),
                Read => new ShardOutcome(saved, Answer: await ReadAsync(run, saved, cancellationToken)),
                _ => new ShardOutcome(saved),
            };
        }
        catch (Exception e)
        {
            _options.Warn($"'{operation}' on the shard '{entityKey}' was not done: {e.Message} The sweep will try again.");
            return new ShardOutcome(saved);
        }
    }

    private async Task<ShardOutcome> ChangeAsync(ShardRun run, byte[]? saved, Func<DurableShard, Task<ShardChange>> change, CancellationToken cancellationToken)
    {
        var shard = _cache.Take(run.Address.Key, saved) ?? await run.LoadAsync(saved, cancellationToken);
        var (result, changed) = await run.GuardAsync(shard, saved, change, cancellationToken);
        var record = result == ShardChange.Changed ? await changed.SaveAsync(run.IsDurable, cancellationToken) : saved;
        if (record is not null)
        {
            _cache.Keep(run.Address.Key, record, changed);
        }

        return new ShardOutcome(record, Publish: result == ShardChange.Changed && changed.HasPending);
    }

    private static async Task<ShardChange> ClearAsync(DurableShard shard, CancellationToken cancellationToken)
    {
        await shard.ClearAsync(cancellationToken);
        return ShardChange.Changed;
    }

    private static async Task<string?> ReadAsync(ShardRun run, byte[]? saved, CancellationToken cancellationToken)
    {
        var shard = await run.LoadAsync(saved, cancellationToken);
        var output = new ByteBuffer(4096);
        var json = new EventJsonWriter();
        var readable = shard.TryRead(results =>
        {
            foreach (var row in results.Events.Rows)
            {
                json.Write(output, results.Events, row);
                output.WriteByte((byte)'\n');
            }
        });
        return readable ? System.Text.Encoding.UTF8.GetString(output.Written) : null;
    }

    private void Count(string pipeline, ShardCounts counts) =>
        _metrics.Record(pipeline, default(Accounting) with { Late = counts.Late, ClosedEarly = counts.ClosedEarly }, TimeSpan.Zero);
}
