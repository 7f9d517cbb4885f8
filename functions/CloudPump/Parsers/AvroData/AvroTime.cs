using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>An instant, or a number of days or of parts of a second that is none: a timestamp becomes one, the others become text (2026-10-11, 22:14:15.003, 2026-10-11T22:14:15.003).</summary>
internal sealed class AvroTime(AvroLogical logical, bool isInt) : AvroFormatted(FieldKind.PlainString, new AvroScalars.Integer(isInt, AvroType.Long))
{
    private const int DateLength = 10;

    private readonly long _perSecond = logical switch
    {
        AvroLogical.Date => 0,
        AvroLogical.TimeMillis or AvroLogical.TimestampMillis or AvroLogical.LocalTimestampMillis => 1_000,
        AvroLogical.TimestampNanos or AvroLogical.LocalTimestampNanos => 1_000_000_000,
        _ => 1_000_000,
    };

    private bool IsInstant => logical is AvroLogical.TimestampMillis or AvroLogical.TimestampMicros or AvroLogical.TimestampNanos;

    private bool IsClock => logical is AvroLogical.TimeMillis or AvroLogical.TimeMicros;

    public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field)
    {
        if (!IsInstant)
        {
            base.Set(ref cursor, batch, row, field);
        }
        else if (TryRead(ref cursor, out var ticks, out var nanos))
        {
            batch.SetTimestamp(row, field, ticks, nanos);
        }
    }

    protected override int Format(ref AvroCursor cursor, Span<byte> text)
    {
        if (!TryRead(ref cursor, out var ticks, out var nanos))
        {
            return 0;
        }

        Span<byte> full = stackalloc byte[TimestampText.MaxLength];
        var length = TimestampText.Write(full, ticks, nanos);
        ReadOnlySpan<byte> part = IsInstant ? full[..length]
            : logical == AvroLogical.Date ? full[..DateLength]
            : full[(IsClock ? DateLength + 1 : 0)..(length - 1)];
        part.CopyTo(text);
        return part.Length;
    }

    private bool TryRead(ref AvroCursor cursor, out long ticks, out int nanos)
    {
        var start = cursor.Position;
        var value = isInt ? cursor.Int() : cursor.Long();
        var perUnit = _perSecond switch { 0 => TimeSpan.TicksPerDay, 1_000 => TimeSpan.TicksPerMillisecond, 1_000_000 => TimeSpan.TicksPerMicrosecond, _ => 1 };
        nanos = 0;
        if (_perSecond == 1_000_000_000)
        {
            (value, var rest) = Math.DivRem(value, 100);
            (value, nanos) = rest < 0 ? (value - 1, (int)rest + 100) : (value, (int)rest);
        }

        var wide = ((Int128)value * perUnit) + DateTime.UnixEpoch.Ticks;
        ticks = (long)wide;
        if (wide < 0 || wide > DateTime.MaxValue.Ticks || (IsClock && (value < 0 || wide - DateTime.UnixEpoch.Ticks >= TimeSpan.TicksPerDay)))
        {
            cursor.FailAt("A time lies outside a day, or outside the years 1 to 9999", start);
        }

        return !cursor.Failed;
    }
}
