using CloudPump.Events;

namespace CloudPump.Transformers.Times;

/// <summary>RFC 3339: 2026-10-10T13:55:36.123Z, 2026-10-10 13:55:36+02:00.</summary>
internal sealed class Rfc3339Time : ITimeFormat
{
    public bool TryRead(EventBatch batch, in Slot value, long received, out Slot time)
    {
        time = default;
        var ok = value.IsText & TimestampText.TryParse(value.IsText ? batch.Text(value).Trim((byte)' ') : default, out var ticks, out var nanos);
        time.Set(FieldKind.Timestamp, ticks, nanos);
        return ok;
    }
}
