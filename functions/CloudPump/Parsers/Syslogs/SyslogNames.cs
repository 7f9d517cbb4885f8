namespace CloudPump.Parsers.Syslogs;

/// <summary>The keywords of facilities and severities (RFC 5424, tables 1 and 2; the words are those of syslog.conf, and of log_audit and its neighbours in RFC 5427).</summary>
internal static class SyslogNames
{
    private static readonly byte[][] Facilities =
    [
        [.. "kern"u8], [.. "user"u8], [.. "mail"u8], [.. "daemon"u8], [.. "auth"u8], [.. "syslog"u8], [.. "lpr"u8], [.. "news"u8],
        [.. "uucp"u8], [.. "cron"u8], [.. "authpriv"u8], [.. "ftp"u8], [.. "ntp"u8], [.. "audit"u8], [.. "alert"u8], [.. "clock"u8],
        [.. "local0"u8], [.. "local1"u8], [.. "local2"u8], [.. "local3"u8], [.. "local4"u8], [.. "local5"u8], [.. "local6"u8], [.. "local7"u8],
    ];

    private static readonly byte[][] Severities =
    [
        [.. "emerg"u8], [.. "alert"u8], [.. "crit"u8], [.. "err"u8], [.. "warning"u8], [.. "notice"u8], [.. "info"u8], [.. "debug"u8],
    ];

    /// <summary>The keyword of a facility of 0 to 23.</summary>
    public static ReadOnlySpan<byte> Facility(int number) => Facilities[number];

    /// <summary>The keyword of a severity of 0 to 7.</summary>
    public static ReadOnlySpan<byte> Severity(int number) => Severities[number];
}
