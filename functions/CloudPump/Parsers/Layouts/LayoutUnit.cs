namespace CloudPump.Parsers.Layouts;

/// <summary>How a time is written.</summary>
public enum LayoutUnit
{
    /// <summary>Seconds since 1970.</summary>
    Seconds,

    /// <summary>Milliseconds since 1970.</summary>
    Millis,

    /// <summary>Microseconds since 1970.</summary>
    Micros,

    /// <summary>Eight bytes: seconds since 1900, and parts of 2^32 of a second (RFC 5905); times from 2036 on count on.</summary>
    Ntp,

    /// <summary>BCD: YYMMDDhhmmss (6 bytes), YYYYMMDDhhmmss (7), or YYMMDDhhmmss, + or - and hhmm (9; 3GPP TS 32.298, TimeStamp).</summary>
    Bcd,
}
