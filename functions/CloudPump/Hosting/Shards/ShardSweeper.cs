using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Topology;

namespace CloudPump.Hosting.Shards;

/// <summary>
/// The sweep: once a minute it wakes the shards that are behind the progress rows, and no others, so that an app without events costs nothing but
/// the look. It makes up for signals that were lost or did not wake an app that was scaled to zero, and closes the windows of shards that no piece touches.
/// </summary>
public sealed class ShardSweeper
{
    private readonly AnalyzerCatalog _catalog;
    private readonly HostTopology _topology;
    private readonly InvocationPorts _ports;
    private readonly InvocationOptions _options;

    internal ShardSweeper(AnalyzerCatalog catalog, HostTopology topology, InvocationPorts ports, InvocationOptions options) =>
        (_catalog, _topology, _ports, _options) = (catalog, topology, ports, options);

    /// <summary>Looks at all analyzers; returns how many shards were woken.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var known = await RegisterAsync(cancellationToken);
        var woken = 0;
        foreach (var pipeline in known.GroupBy(k => k.Key[..k.Key.IndexOf('/', StringComparison.Ordinal)], StringComparer.Ordinal))
        {
            var rows = await _ports.Progress.ListAsync(pipeline.Key, cancellationToken);
            foreach (var analyzer in pipeline)
            {
                woken += await SweepAsync(analyzer, rows, cancellationToken);
            }
        }

        return woken;
    }

    // A new generation is known from its first sweep on.
    private async Task<IReadOnlyList<KnownAnalyzer>> RegisterAsync(CancellationToken cancellationToken)
    {
        var known = (await _ports.Analyzers.ListAsync(null, cancellationToken)).ToList();
        foreach (var analyzer in _catalog.Current.Where(c => known.TrueForAll(k => k.Key != c.Key)).Select(_catalog.Describe).ToList())
        {
            await _ports.Analyzers.AddAsync(analyzer, cancellationToken);
            known.Add(analyzer);
        }

        return known;
    }

    private async Task<int> SweepAsync(KnownAnalyzer known, IReadOnlyList<ProgressRow> rows, CancellationToken cancellationToken)
    {
        if (_catalog.Read(known) is not { } analyzer)
        {
            _options.Warn($"The definition of '{known.Key}' cannot be read by this version of CloudPump; its shards are left as they are.");
            return 0;
        }

        var gone = _catalog.IsGone(known);
        var due = await _ports.Analyzers.DueAsync(known.Key, cancellationToken);
        var shards = Enumerable.Range(0, analyzer.Definition.Shards).Where(s => IsBehind(analyzer, s, known, rows, due.GetValueOrDefault(s), gone)).ToList();
        foreach (var shard in shards)
        {
            await _ports.Signals.SweepAsync(new ShardAddress(known.Key, shard), cancellationToken);
        }

        if (gone && due.Count == analyzer.Definition.Shards && due.Values.All(d => d.Gone))
        {
            await _ports.Analyzers.RemoveAsync(known.Key, cancellationToken);
        }

        return shards.Count;
    }

    private bool IsBehind(Analyzers.AnalyzerKey analyzer, int shard, KnownAnalyzer known, IReadOnlyList<ProgressRow> rows, ShardDue? due, bool gone)
    {
        if (gone)
        {
            return due is not { Gone: true };
        }

        var progress = ShardProgress.Of(analyzer, shard, known, rows, ShardProgress.Expected(analyzer.Key[..analyzer.Key.IndexOf('/', StringComparison.Ordinal)], _topology), _options.Time.GetUtcNow());
        return due is { Gone: true } || (due?.Reached != progress.Fingerprint && (due is not null || rows.Count > 0));
    }
}
