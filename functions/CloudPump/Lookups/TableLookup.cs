using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>A lookup that is filled while pipelines run, by `lookup_set` and by `cloudpump lookup set`; it is kept by the host and shared between its instances.</summary>
[Component(ComponentKind.Lookup, "table", "A lookup that pipelines fill with lookup_set; kept by the host, and shared between its instances.",
    Example = "subscribers:\n  table: {key: imsi, ttl: 7d}")]
public sealed class TableLookup : LookupDefinition
{
    /// <inheritdoc/>
    [Option("How often changes of other instances are looked for.")]
    public override TimeSpan Refresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Age.</summary>
    [Option("Entries that were not set for so long are gone.")]
    public TimeSpan? Ttl { get; set; }

    /// <summary>Bound.</summary>
    [Option("How many entries there can be; beyond that the oldest go.")]
    public int MaxEntries { get; set; } = 1_000_000;

    /// <inheritdoc/>
    public override bool IsDynamic => true;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (Options.Match is LookupMatch.Cidr or LookupMatch.Range)
        {
            report.Error(this, "match", "A table that is filled while it is used finds keys exactly or by prefix.");
        }

        if (MaxEntries < 1)
        {
            report.Error(this, "max_entries", "'max_entries' takes 1 or more.");
        }

        if (Ttl <= TimeSpan.Zero)
        {
            report.Error(this, "ttl", "'ttl' takes more than 0s.");
        }
    }

    /// <inheritdoc/>
    public override ValueTask LoadAsync(LookupLoad load, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
