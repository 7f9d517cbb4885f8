using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>What lookups may use of their host.</summary>
public sealed class LookupHostOptions
{
    /// <summary>The connections.</summary>
    public ConnectionSet Connections { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where dynamic lookups are kept; without it they begin empty.</summary>
    public ISharedTables? Tables { get; init; }

    /// <summary>Where the last state of lookups from a network is kept; null keeps none.</summary>
    public string? CopyFolder { get; init; }

    /// <summary>Reads only what needs no network, and nothing a second time: for unit tests.</summary>
    public bool OnlyLocal { get; init; }

    /// <summary>What the host supplies besides.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Tells the user something.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
