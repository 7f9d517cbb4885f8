namespace CloudPump.Parsers.AccessLogs;

/// <summary>How a part of a line of a log is read.</summary>
internal enum LogValue
{
    /// <summary>As text.</summary>
    Text,

    /// <summary>As a whole number.</summary>
    Int,

    /// <summary>As a number where it is one (a list of times is not), else as text.</summary>
    Number,

    /// <summary>As three digits.</summary>
    Status,

    /// <summary>As method, path and protocol.</summary>
    Request,

    /// <summary>As the time of the common log format in brackets that belong to it.</summary>
    BracketedTime,

    /// <summary>As the time of the common log format.</summary>
    Time,

    /// <summary>As a time of RFC 3339.</summary>
    IsoTime,

    /// <summary>As seconds since 1970, with or without a fraction.</summary>
    Seconds,

    /// <summary>As milliseconds since 1970.</summary>
    Milliseconds,

    /// <summary>As microseconds since 1970.</summary>
    Microseconds,

    /// <summary>As a time of a format of its own (strftime).</summary>
    Strftime,
}
