using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>One lookup and its source, or the tables of the host that it is kept in.</summary>
internal sealed class LoadedLookup(Lookup lookup, string folder, LookupHostOptions options)
{
    private readonly LookupFile? _copy = options.CopyFolder is { } copies ? new LookupFile(copies) : null;
    private readonly SharedEntries? _shared = lookup.Definition.IsDynamic && options.Tables is { } tables ? new SharedEntries(lookup, tables, options.Time) : null;
    private string? _state;
    private bool _failed;

    public Lookup Lookup => lookup;

    /// <summary>Loads it for the first time.</summary>
    /// <exception cref="LookupException">It cannot be had, and there is no copy.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_shared is not null)
        {
            await _shared.LoadAsync(cancellationToken);
            return;
        }

        if (lookup.Definition.IsDynamic || (options.OnlyLocal && !lookup.Definition.IsLocal))
        {
            return;
        }

        var copy = lookup.Definition.IsLocal ? null : _copy?.Read(lookup.Name);
        if (copy is not null)
        {
            lookup.Use(copy);
        }

        try
        {
            await LoadAsync(cancellationToken);
        }
        catch (Exception e) when (IsFailure(e, cancellationToken))
        {
            if (copy is null)
            {
                throw e as LookupException ?? new LookupException($"The lookup '{lookup.Name}' cannot be loaded: {e.Message}", e);
            }

            _failed = true;
            options.Warn($"The lookup '{lookup.Name}' cannot be loaded now, so it starts with the {copy.Count} entries that it last had: {e.Message}");
        }
    }

    /// <summary>Looks for changes. A source that cannot be had leaves the lookup as it is.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (_shared?.FollowAsync(cancellationToken) ?? (lookup.Definition.IsDynamic ? Task.CompletedTask : LoadAsync(cancellationToken)));
            _failed = false;
        }
        catch (Exception e) when (IsFailure(e, cancellationToken))
        {
            // Once, not at every look.
            if (!_failed)
            {
                options.Warn($"The lookup '{lookup.Name}' cannot be loaded again and stays as it is: {e.Message}");
            }

            _failed = true;
        }
    }

    private static bool IsFailure(Exception e, CancellationToken cancellationToken) => e is not OperationCanceledException || !cancellationToken.IsCancellationRequested;

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var records = new LookupRecords(lookup.Name, lookup.Definition.Options);
        var load = new LookupLoad(records)
        {
            Name = lookup.Name,
            Folder = folder,
            Connections = options.Connections,
            Time = options.Time,
            Services = options.Services,
            State = _state,
            Current = lookup.Table,
        };
        await lookup.Definition.LoadAsync(load, cancellationToken);
        if (!load.IsUnchanged)
        {
            Take(load);
        }

        _state = load.State;
    }

    private void Take(LookupLoad load)
    {
        var before = (lookup.Table.Epoch, lookup.Table.Sequence);
        if (load.IsFollowed || lookup.Table.Count == 0)
        {
            lookup.Use(load.Table);
        }
        else
        {
            // First whether it can be searched at all: a wrong key must not spoil what is there.
            LookupIndex.Of(lookup.Name, lookup.Definition.Options, load.Table);
            LookupMerge.Into(lookup.Table, load.Table);
            lookup.Use(lookup.Table);
        }

        if (!lookup.Definition.IsLocal && before != (lookup.Table.Epoch, lookup.Table.Sequence))
        {
            _copy?.Write(lookup.Name, lookup.Table);
        }
    }
}
