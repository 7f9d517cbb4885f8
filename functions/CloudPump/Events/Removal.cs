namespace CloudPump.Events;

/// <summary>Why an event left the batch before the sink.</summary>
public enum Removal : byte
{
    /// <summary>It has not left.</summary>
    None = 0,

    /// <summary>A filter took it out.</summary>
    Filtered,

    /// <summary>A route moved it to another pipeline.</summary>
    Moved,

    /// <summary>It could not be processed: it is a dead letter.</summary>
    Dead,

    /// <summary>A generator replaced it by its children.</summary>
    Replaced,
}
