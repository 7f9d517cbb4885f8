namespace CloudPump.Expressions;

/// <summary>Types as messages name them.</summary>
internal static class KindNames
{
    /// <summary>One value of the type: `an int`.</summary>
    public static string Of(ValueKind kind) => kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Bytes => "bytes",
        ValueKind.Int => "an int",
        _ => $"a {Bare(kind)}",
    };

    /// <summary>The type alone: `int`.</summary>
    public static string Bare(ValueKind kind) => kind switch
    {
        ValueKind.Timestamp => "timestamp",
        ValueKind.Duration => "duration",
        ValueKind.Null => "null",
        _ => TypeNames.Of(kind),
    };

    /// <summary>The same at the beginning of a sentence.</summary>
    public static string Capital(ValueKind kind) => char.ToUpperInvariant(Of(kind)[0]) + Of(kind)[1..];

    /// <summary>How a condition is made of a value of the type.</summary>
    public static string Comparison(ValueKind kind) => kind switch
    {
        ValueKind.Int or ValueKind.UInt or ValueKind.Double => "compare it, as in x > 0",
        ValueKind.String or ValueKind.Bytes or ValueKind.List or ValueKind.Map => "compare it, as in size(x) > 0",
        ValueKind.Timestamp => "compare it, as in x > now() - duration('5m')",
        ValueKind.Duration => "compare it, as in x > duration('5m')",
        _ => "compare it with ==",
    };
}
