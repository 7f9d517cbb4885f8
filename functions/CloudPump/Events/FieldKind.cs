namespace CloudPump.Events;

/// <summary>What a <see cref="Slot"/> holds.</summary>
public enum FieldKind : byte
{
    /// <summary>The event has no such field.</summary>
    Missing = 0,

    /// <summary>The field is there and is null.</summary>
    Null,

    /// <summary>Value is 0 or 1.</summary>
    Bool,

    /// <summary>Value is the number; a source text may be kept for output.</summary>
    Int64,

    /// <summary>Value holds the bits of the double; a source text may be kept for output.</summary>
    Double,

    /// <summary>A JSON number's text that nobody has asked for yet.</summary>
    Number,

    /// <summary>UTF-8 text in the arena.</summary>
    String,

    /// <summary>UTF-8 text in the arena that needs no escaping in JSON.</summary>
    PlainString,

    /// <summary>Bytes in the arena.</summary>
    Bytes,

    /// <summary>Value is UTC ticks of 100 ns since 0001-01-01; Offset holds the 0 to 99 ns beyond them.</summary>
    Timestamp,

    /// <summary>A list, as valid JSON text in the arena.</summary>
    List,

    /// <summary>An object, as valid JSON text in the arena.</summary>
    Object,
}
