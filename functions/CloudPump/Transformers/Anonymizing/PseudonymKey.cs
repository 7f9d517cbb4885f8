using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>A key for pseudonyms.</summary>
public sealed class PseudonymKey
{
    /// <summary>The id.</summary>
    [Option("The key's id, which stands before its pseudonyms.", Required = true)]
    public string Id { get; set; } = "";

    /// <summary>The key.</summary>
    [Option("The key.", Required = true, Secret = true)]
    public string Key { get; set; } = "";

    /// <summary>The beginning.</summary>
    [Option("The day from which on it counts, for events received then (UTC).")]
    public string? From { get; set; }
}
