using CloudPump.Parsers.Syslogs;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// Syslog messages: RFC 5424, and RFC 3164 as it is used (BSD syslog). Fields: priority, facility, severity (numbers), facility_label, severity_label, version, timestamp,
/// hostname, appname, procid, msgid, structured_data ({id: {name: value}}; of a name given twice a list of the values), message. What is `-` or missing gives no field.
/// A count of bytes before the message (RFC 6587 and 5425, `LEN SP MSG`) is verified.
/// </summary>
[Component(ComponentKind.Parser, "syslog", "Reads syslog messages of RFC 5424 and RFC 3164, with or without a leading count of bytes.",
    Example = "parse: syslog", Given = "<165>1 2026-10-11T22:14:15.003Z web-1 evntslog 42 ID47 [ex@32473 iut=\"3\"] An entry",
    Gives = ["""
        {"priority": 165, "facility": 20, "facility_label": "local4", "severity": 5, "severity_label": "notice", "version": 1, "timestamp": "2026-10-11T22:14:15.003Z",
         "hostname": "web-1", "appname": "evntslog", "procid": "42", "msgid": "ID47", "structured_data": {"ex@32473": {"iut": "3"}}, "message": "An entry"}
        """])]
public sealed class Syslog : ParserDefinition
{
    /// <summary>The format.</summary>
    [Option("auto: each message shows whether it is of RFC 5424 (a version follows the priority) or RFC 3164; the others take that format only.", Main = true)]
    public SyslogFormat Format { get; set; } = SyslogFormat.Auto;

    /// <summary>The time zone.</summary>
    [Option("The time zone (IANA) of RFC 3164's times, which name none; their year is the one that brings them nearest to the time the event was received.")]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The byte order mark.</summary>
    [Option("Take away the byte order mark by which RFC 5424 marks a message as UTF-8; otherwise the message stays as it was sent.")]
    public bool StripBom { get; set; }

    /// <summary>Messages that are no UTF-8.</summary>
    [Option("A message that is not UTF-8 and does not claim to be (RFC 5424 allows any bytes): replace writes U+FFFD for what is wrong, fail makes a dead letter.")]
    public InvalidText InvalidUtf8 { get; set; } = InvalidText.Replace;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            report.Error(this, "time_zone", $"There is no time zone '{TimeZone}'; it takes an IANA name such as Europe/Zurich.");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new SyslogParser(this, context.Fields, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
}
