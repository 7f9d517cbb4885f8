namespace CloudPump.Expressions;

/// <summary>The types of CEL that an expression can yield.</summary>
public enum ValueKind : byte
{
    /// <summary>null.</summary>
    Null,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>A signed 64-bit integer.</summary>
    Int,

    /// <summary>An unsigned 64-bit integer.</summary>
    UInt,

    /// <summary>A 64-bit floating-point number.</summary>
    Double,

    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A point in time.</summary>
    Timestamp,

    /// <summary>A length of time in nanoseconds.</summary>
    Duration,

    /// <summary>A list.</summary>
    List,

    /// <summary>A map.</summary>
    Map,

    /// <summary>A type, as `type(1)` yields it.</summary>
    Type,

    /// <summary>The evaluation failed.</summary>
    Error,
}
