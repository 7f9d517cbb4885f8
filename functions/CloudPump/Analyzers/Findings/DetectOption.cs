using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Findings;

/// <summary>What all rules of `detect` have.</summary>
public abstract class DetectOption : ILocated
{
    /// <summary>The measure.</summary>
    [Option("The measure that is looked at.", Required = true)]
    public string Measure { get; set; } = "";

    /// <summary>Where the measure's name stands.</summary>
    public SourceLocation Location { get; private set; }

    /// <summary>The rule's name, which its findings carry.</summary>
    internal abstract string Kind { get; }

    /// <summary>Whether a key is judged by the others, so that all of them must be in one shard.</summary>
    internal virtual bool ComparesKeys => false;

    /// <summary>Makes the running detector.</summary>
    /// <param name="maxKeys">How many keys it may remember.</param>
    internal abstract WindowDetector Create(int maxKeys);

    /// <summary>What is wrong with the options; null when nothing is.</summary>
    internal virtual string? Mistake() => null;

    /// <inheritdoc/>
    void ILocated.SetLocation(string option, SourceLocation location) => Location = option == "measure" ? location : Location;
}
