namespace CloudPump.Analyzers.Patterns;

/// <summary>Where the search goes on after a match.</summary>
public enum SkipStrategy
{
    /// <summary>After the match: its events are in no other match.</summary>
    PastLast,

    /// <summary>At the event after the match's first one: matches may overlap, but each has its own beginning.</summary>
    ToNext,

    /// <summary>Everywhere: every way of matching counts.</summary>
    Nowhere,
}
