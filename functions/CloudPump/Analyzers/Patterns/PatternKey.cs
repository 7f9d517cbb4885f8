using CloudPump.Analyzers.Ordered;

namespace CloudPump.Analyzers.Patterns;

/// <summary>The attempts of a key, in the order in which they began.</summary>
internal sealed class PatternKey : KeyState
{
    public List<PatternAttempt> Attempts { get; } = [];

    public long NextAttempt { get; set; }
}
