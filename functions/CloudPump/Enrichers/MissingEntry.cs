namespace CloudPump.Enrichers;

/// <summary>What becomes of an event whose key is in no entry.</summary>
public enum MissingEntry
{
    /// <summary>It goes on without the field.</summary>
    Skip,

    /// <summary>The field is null.</summary>
    Null,

    /// <summary>It is a dead letter.</summary>
    Dead,
}
