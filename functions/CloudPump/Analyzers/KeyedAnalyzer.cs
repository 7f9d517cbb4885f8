using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>An analyzer that looks at the events of each key by themselves.</summary>
public abstract class KeyedAnalyzer : AnalyzerDefinition
{
    /// <summary>The dimensions.</summary>
    [Option("The dimensions that make the key. Fields or expressions; {name: expression} names the field of the results.")]
    public List<Dimension> By { get; set; } = [];

    /// <summary>How many keys a shard keeps.</summary>
    [Option("How many keys a shard keeps; beyond it the oldest are closed early, marked as partial, and counted.")]
    public int MaxKeys { get; set; } = 1_000_000;

    /// <summary>The fields that every result has besides the dimensions.</summary>
    protected abstract IEnumerable<string> ResultFields { get; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        Dimension.Check(report, this, By, ["analyzer", .. ResultFields]);
        if (MaxKeys < 1)
        {
            report.Error(this, "max_keys", "'max_keys' must be 1 or more.");
        }
    }
}
