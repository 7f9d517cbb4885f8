using CloudPump.Events;

namespace CloudPump.Parsers.AccessLogs;

/// <summary>Sets fields from parts of a line.</summary>
internal static class LogValues
{
    private const int MostDigits = 18;

    /// <summary>Sets a text, unless it is empty or a single dash.</summary>
    public static void SetText(EventBatch batch, int row, ushort field, TextPart part)
    {
        var text = batch.Bytes(part.Offset, part.Length);
        if (text.Length > 0 && text is not [(byte)'-'])
        {
            batch.Put(row, field).SetText(JsonText.IsPlain(text) ? FieldKind.PlainString : FieldKind.String, part.Offset, part.Length);
        }
    }

    /// <summary>Sets a number as it is written, or a text when it is none.</summary>
    public static void SetNumber(EventBatch batch, int row, ushort field, TextPart part)
    {
        if (JsonNumber.Is(batch.Bytes(part.Offset, part.Length)))
        {
            batch.Put(row, field).SetText(FieldKind.Number, part.Offset, part.Length);
        }
        else
        {
            SetText(batch, row, field, part);
        }
    }

    /// <summary>Sets a whole number without a sign; false when it is none.</summary>
    public static bool TrySetInt(EventBatch batch, int row, ushort field, TextPart part)
    {
        var text = batch.Bytes(part.Offset, part.Length);
        if (!TryInt(text, out var value))
        {
            return false;
        }

        // A number with leading zeros is no JSON number, so its text cannot be kept for output.
        batch.Put(row, field).SetNumber(FieldKind.Int64, value, part.Offset, text.Length > 1 && text[0] == '0' ? 0 : part.Length);
        return true;
    }

    /// <summary>Reads seconds since 1970, with up to seven digits of a fraction, as UTC ticks.</summary>
    public static bool TrySeconds(ReadOnlySpan<byte> text, out long ticks)
    {
        var point = text.IndexOf((byte)'.');
        var fraction = point < 0 ? default : text[(point + 1)..];
        ticks = 0;
        if (!TryInt(point < 0 ? text : text[..point], out var seconds) || (point >= 0 && (fraction.Length > 7 || !TryInt(fraction, out ticks))))
        {
            return false;
        }

        for (var digits = fraction.Length; point >= 0 && digits < 7; digits++)
        {
            ticks *= 10;
        }

        return TryEpoch(seconds, TimeSpan.TicksPerSecond, ref ticks);
    }

    /// <summary>Reads a whole number of units since 1970 as UTC ticks.</summary>
    public static bool TryUnits(ReadOnlySpan<byte> text, long ticksPerUnit, out long ticks)
    {
        ticks = 0;
        return TryInt(text, out var units) && TryEpoch(units, ticksPerUnit, ref ticks);
    }

    private static bool TryEpoch(long units, long ticksPerUnit, ref long ticks)
    {
        var ok = units <= (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks - ticks) / ticksPerUnit;
        ticks += ok ? DateTime.UnixEpoch.Ticks + (units * ticksPerUnit) : 0;
        return ok;
    }

    private static bool TryInt(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > MostDigits || text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        foreach (var digit in text)
        {
            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
