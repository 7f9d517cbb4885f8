namespace CloudPump.Parsers.AccessLogs;

/// <summary>What stands at a place of a line.</summary>
internal enum LogItemKind
{
    /// <summary>The same text in every line.</summary>
    Literal,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A number, which may have a fraction; several of them stay a text.</summary>
    Number,

    /// <summary>The request line: method, path, protocol.</summary>
    Request,

    /// <summary>A time such as 10/Oct/2026:13:55:36 +0000.</summary>
    LogTime,

    /// <summary>The same in brackets.</summary>
    BracketedTime,

    /// <summary>RFC 3339.</summary>
    IsoTime,

    /// <summary>Seconds since 1970, with or without a fraction.</summary>
    UnixTime,

    /// <summary>Thousandths of a second since 1970.</summary>
    UnixMillis,

    /// <summary>Millionths of a second since 1970.</summary>
    UnixMicros,
}
