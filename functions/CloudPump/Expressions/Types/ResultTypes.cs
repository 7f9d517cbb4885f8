namespace CloudPump.Expressions;

/// <summary>What functions and operators yield when they do not fail. A test calls all of them and compares.</summary>
internal static class ResultTypes
{
    public static StaticValue Of(string function, StaticValue[] arguments) => function switch
    {
        "_+_" or "_-_" or "_*_" or "_/_" or "_%_" => Arithmetic(function, arguments[0].Kind, arguments[1].Kind),
        "-_" or "math.abs" or "math.sign" or "math.bitNot" or "math.bitShiftLeft" or "math.bitShiftRight" => Same(arguments[0]),
        "math.bitAnd" or "math.bitOr" or "math.bitXor" => Same(arguments[0].Kind is null ? arguments[1] : arguments[0]),
        "math.greatest" or "math.least" => arguments is [{ Kind: ValueKind.List } list] ? Same(list.Item) : StaticValue.Common(arguments),
        "_[_]" => arguments[0].Item,
        "split" => StaticValue.List(StaticValue.Of(ValueKind.String)),
        _ => Fixed(function) is { } kind ? StaticValue.Of(kind) : StaticValue.Dyn,
    };

    // Where one side is known, the other follows from it, but for times and durations, which mix.
    private static StaticValue Arithmetic(string function, ValueKind? left, ValueKind? right)
    {
        var isTime = left is ValueKind.Timestamp or ValueKind.Duration || right is ValueKind.Timestamp or ValueKind.Duration;
        ValueKind? kind = !isTime ? left ?? right : (function, left, right) switch
        {
            ("_-_", _, ValueKind.Timestamp) => ValueKind.Duration,
            ("_-_", ValueKind.Timestamp, null) => null,
            ("_-_", ValueKind.Duration, _) => ValueKind.Duration,
            (_, ValueKind.Timestamp, _) or (_, _, ValueKind.Timestamp) => ValueKind.Timestamp,
            (_, ValueKind.Duration, ValueKind.Duration) => ValueKind.Duration,
            _ => null,
        };
        return kind is { } known ? StaticValue.Of(known) : StaticValue.Dyn;
    }

    private static StaticValue Same(StaticValue value) => StaticValue.Common([value]);

    private static ValueKind? Fixed(string function) => function switch
    {
        "_==_" or "_!=_" or "_<_" or "_<=_" or "_>_" or "_>=_" or "@in" or "bool" or "startsWith" or "endsWith" or "contains" or "matches" or "ip_in" or "sample"
            or "math.isNaN" or "math.isInf" or "math.isFinite" => ValueKind.Bool,
        "int" or "size" or "indexOf" or "lastIndexOf" or "getFullYear" or "getMonth" or "getDate" or "getDayOfMonth" or "getDayOfWeek" or "getDayOfYear" or "getHours"
            or "getMinutes" or "getSeconds" or "getMilliseconds" => ValueKind.Int,
        "uint" => ValueKind.UInt,
        "double" or "math.ceil" or "math.floor" or "math.round" or "math.trunc" or "math.sqrt" => ValueKind.Double,
        "string" or "lowerAscii" or "upperAscii" or "lower" or "upper" or "trim" or "reverse" or "charAt" or "substring" or "replace" or "join" or "format"
            or "strings.quote" or "base64.encode" or "geo_cell" or "hash" or "hmac" or "uuid" or "format_time" => ValueKind.String,
        "bytes" or "base64.decode" => ValueKind.Bytes,
        "timestamp" or "now" => ValueKind.Timestamp,
        "duration" => ValueKind.Duration,
        "type" => ValueKind.Type,
        "parse_url" => ValueKind.Map,
        _ => null,
    };
}
