namespace CloudPump.Lookups.Mmdb;

/// <summary>What a MaxMind database says about itself.</summary>
public sealed record MmdbMetadata
{
    /// <summary>Number of nodes of the search tree.</summary>
    public required uint NodeCount { get; init; }

    /// <summary>Bits per record of the search tree: 24, 28 or 32; a node has two records.</summary>
    public required int RecordSize { get; init; }

    /// <summary>4 for a tree of IPv4 addresses only, 6 for one of IPv6 addresses (which usually holds IPv4 below ::/96).</summary>
    public required int IPVersion { get; init; }

    /// <summary>The kind of database, for example <c>GeoLite2-City</c>.</summary>
    public required string DatabaseType { get; init; }

    /// <summary>When the database was built, in seconds since 1970; kept raw because files exist with absurd values.</summary>
    public required ulong BuildEpoch { get; init; }

    /// <summary>Languages of the names in the records.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>When the database was built, or null when the file's value is no possible date.</summary>
    public DateTimeOffset? BuildTime =>
        BuildEpoch <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds((long)BuildEpoch) : null;

    // long: node_count is not trusted before it has been compared with the file's length.
    internal long SearchTreeBytes => (long)NodeCount * RecordSize / 4;
}
