namespace CloudPump.Parsers.Syslogs;

/// <summary>Which syslog messages are taken.</summary>
public enum SyslogFormat
{
    /// <summary>Each message shows it.</summary>
    Auto,

    /// <summary>The Syslog Protocol.</summary>
    Rfc5424,

    /// <summary>The BSD syslog Protocol.</summary>
    Rfc3164,
}
