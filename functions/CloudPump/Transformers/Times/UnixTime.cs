using System.Buffers.Text;
using CloudPump.Events;

namespace CloudPump.Transformers.Times;

/// <summary>Numbers of seconds, thousandths, millionths or billionths of a second since 1970 (POSIX), as a number or as text; seconds may have a fraction.</summary>
internal sealed class UnixTime(long unitsPerSecond) : ITimeFormat
{
    public bool TryRead(EventBatch batch, in Slot value, long received, out Slot time)
    {
        time = default;
        var (whole, fraction) = (0L, 0.0);
        switch (value.Kind)
        {
            case FieldKind.Int64:
                whole = value.Value;
                break;
            case FieldKind.Double:
                if (!(Math.Abs(value.AsDouble) < 1e18))
                {
                    return false;
                }

                whole = (long)Math.Floor(value.AsDouble);
                fraction = value.AsDouble - whole;
                break;
            case FieldKind.String or FieldKind.PlainString:
                if (!TryText(batch.Text(value), out whole, out fraction))
                {
                    return false;
                }

                break;
            default:
                return false;
        }

        return TryTime(whole, fraction, out time);
    }

    private static bool TryText(ReadOnlySpan<byte> text, out long whole, out double fraction)
    {
        fraction = 0;
        text = text.Trim((byte)' ');
        if (!Utf8Parser.TryParse(text, out whole, out var used))
        {
            return false;
        }

        if (used == text.Length)
        {
            return true;
        }

        var ok = text[used] == '.' && Utf8Parser.TryParse(text[used..], out fraction, out var rest) && used + rest == text.Length;
        if (text[0] == '-' && fraction > 0)
        {
            (whole, fraction) = (whole - 1, 1 - fraction);
        }

        return ok;
    }

    private bool TryTime(long whole, double fraction, out Slot time)
    {
        time = default;
        var seconds = Math.DivRem(whole, unitsPerSecond, out var rest);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + unitsPerSecond);
        }

        var nanos = (long)((rest + fraction) * (1_000_000_000.0 / unitsPerSecond));
        if (unitsPerSecond == 1_000_000_000)
        {
            nanos = rest;
        }

        var most = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        if (seconds > most || seconds < -(DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond))
        {
            return false;
        }

        time.Set(FieldKind.Timestamp, DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) + (nanos / 100), (int)(nanos % 100));
        return true;
    }
}
