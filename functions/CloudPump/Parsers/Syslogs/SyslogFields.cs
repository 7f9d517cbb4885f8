using CloudPump.Events;

namespace CloudPump.Parsers.Syslogs;

/// <summary>The ids of the fields, and the one way to set a text.</summary>
internal sealed class SyslogFields(FieldTable fields)
{
    private readonly ushort _priority = fields.Id("priority");
    private readonly ushort _facility = fields.Id("facility");
    private readonly ushort _facilityLabel = fields.Id("facility_label");
    private readonly ushort _severity = fields.Id("severity");
    private readonly ushort _severityLabel = fields.Id("severity_label");

    public ushort Version { get; } = fields.Id("version");

    public ushort Timestamp { get; } = fields.Id("timestamp");

    public ushort Hostname { get; } = fields.Id("hostname");

    public ushort AppName { get; } = fields.Id("appname");

    public ushort ProcId { get; } = fields.Id("procid");

    public ushort MsgId { get; } = fields.Id("msgid");

    public ushort StructuredData { get; } = fields.Id("structured_data");

    public ushort Message { get; } = fields.Id("message");

    public void SetPriority(EventBatch batch, int row, int priority)
    {
        batch.SetInt64(row, _priority, priority);
        batch.SetInt64(row, _facility, priority >> 3);
        batch.SetText(row, _facilityLabel, FieldKind.PlainString, SyslogNames.Facility(priority >> 3));
        batch.SetInt64(row, _severity, priority & 7);
        batch.SetText(row, _severityLabel, FieldKind.PlainString, SyslogNames.Severity(priority & 7));
    }

    /// <summary>Sets a field to a text that stands in the arena already; an empty one gives no field.</summary>
    public static void SetText(EventBatch batch, int row, ushort field, int offset, int length)
    {
        if (length > 0)
        {
            var kind = JsonText.IsPlain(batch.Bytes(offset, length)) ? FieldKind.PlainString : FieldKind.String;
            batch.Put(row, field).SetText(kind, offset, length);
        }
    }
}
