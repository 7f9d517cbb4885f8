using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>A lookup as lookups.yaml declares it: a named table of keys and values.</summary>
public abstract class LookupDefinition : ComponentDefinition
{
    /// <summary>Key and value.</summary>
    [OptionGroup]
    public LookupOptions Options { get; } = new();

    /// <summary>How often the source is looked at.</summary>
    public abstract TimeSpan Refresh { get; set; }

    /// <summary>Its entries come from events and from the command line, not from a source.</summary>
    public virtual bool IsDynamic => false;

    /// <summary>The source is in reach without a network, so that unit tests can read it.</summary>
    public virtual bool IsLocal => true;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        Options.Check(this, report);
        if (Refresh < TimeSpan.FromSeconds(1))
        {
            report.Error(this, "refresh", "'refresh' takes 1s or more.");
        }
    }

    /// <summary>Reads the source, unless it is as it was.</summary>
    /// <exception cref="LookupException">The source cannot be had or holds what is no entry.</exception>
    public abstract ValueTask LoadAsync(LookupLoad load, CancellationToken cancellationToken);
}
