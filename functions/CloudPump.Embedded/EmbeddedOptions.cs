
namespace CloudPump.Embedded;

/// <summary>How the embedded host runs.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>The folder of the store; null keeps a temporary one, gone when the host is disposed of.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where installed data lies (geoip); looked at after the data folder.</summary>
    public string? InstalledData { get; init; }

    /// <summary>Go on waiting for more at the end of the inputs.</summary>
    public bool Follow { get; init; }

    /// <summary>
    /// Take only the dead letters that wait for their replay, and what comes of them. Sources are left alone, and so is time: open windows stay open.
    /// </summary>
    public bool ReplayOnly { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long events may wait for a commit. Longer is faster, shorter repeats less work after a crash.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often a failing sink or store is tried again before the run fails; with <see cref="Follow"/> it is tried for ever.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>How long events of streams are kept after they were consumed.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How many bytes may wait between pipelines before senders are held back.</summary>
    public long MostBacklog { get; init; } = 64L << 20;

    /// <summary>Standard input.</summary>
    public Func<Stream> StandardInput { get; init; } = static () => Stream.Null;

    /// <summary>Standard output.</summary>
    public Func<Stream> StandardOutput { get; init; } = static () => Stream.Null;

    /// <summary>Sees every batch after the sink has taken it, on the pipeline's thread: it must be quick and keep nothing of the batch.</summary>
    public Action<string, Events.EventBatch>? Observe { get; init; }

    /// <summary>Tells the user something.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
