using CloudPump.Expressions;

namespace CloudPump.Lookups;

/// <summary>Keeps lookups in memory: loads them before pipelines start, and reads their sources again while they run. All pipelines of a process share them.</summary>
public sealed class LookupHost(LookupSet set, IReadOnlyCollection<string> names, LookupHostOptions options) : ILookups, IAsyncDisposable
{
    private readonly List<LoadedLookup> _lookups = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _refreshing = Task.CompletedTask;

    /// <summary>The lookups.</summary>
    public IEnumerable<Lookup> All => _lookups.Select(l => l.Lookup);

    /// <summary>The lookup of a name that was asked for; null when there is none.</summary>
    public Lookup? Find(string name) => _lookups.Find(l => l.Lookup.Name == name)?.Lookup;

    /// <summary>Loads every lookup, from its last state where the source is away, and begins to look for changes.</summary>
    /// <exception cref="LookupException">A lookup cannot be had.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var definition = set.Find(name) ?? throw new LookupException($"There is no lookup '{name}' without mistakes in {LookupSet.FileName}; run: cloudpump check");
            var lookup = new LoadedLookup(new Lookup(name, definition), set.Folder, options);
            _lookups.Add(lookup);
            await lookup.OpenAsync(cancellationToken);
        }

        if (_lookups.Count > 0 && !options.OnlyLocal)
        {
            _refreshing = Task.Run(RefreshAsync, CancellationToken.None);
        }
    }

    /// <summary>Looks for changes now, in every lookup.</summary>
    public async Task RefreshNowAsync(CancellationToken cancellationToken)
    {
        foreach (var lookup in _lookups)
        {
            await lookup.RefreshAsync(cancellationToken);
        }
    }

    IEnumerable<string> ILookups.Names => _lookups.Select(l => l.Lookup.Name);

    ILookupTable? ILookups.Find(string name) => Find(name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _refreshing;
        _stop.Dispose();
    }

    private async Task RefreshAsync()
    {
        var due = _lookups.ToDictionary(l => l, l => options.Time.GetUtcNow() + l.Lookup.Definition.Refresh);
        try
        {
            while (true)
            {
                var (lookup, next) = due.MinBy(d => d.Value);
                var wait = next - options.Time.GetUtcNow();
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, options.Time, _stop.Token);
                await lookup.RefreshAsync(_stop.Token);
                due[lookup] = options.Time.GetUtcNow() + lookup.Lookup.Definition.Refresh;
            }
        }
        catch (OperationCanceledException)
        {
            // The host ends.
        }
    }
}
