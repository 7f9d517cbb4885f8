using System.Text;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers.Syslogs;

/// <summary>Reads the count and the priority, chooses the format, and sets the message. Positions in reasons count from the event's first byte.</summary>
internal sealed class SyslogParser(Syslog options, FieldTable table, TimeZoneInfo zone) : RawParser
{
    private readonly SyslogFields _fields = new(table);
    private readonly Rfc5424 _rfc5424 = new(new SyslogFields(table));
    private readonly Rfc3164 _rfc3164 = new(new SyslogFields(table), new Rfc3164Time(zone));
    private readonly ByteBuffer _repaired = new(256);

    protected override string? Parse(EventBatch batch, int row)
    {
        var cursor = new SyslogCursor(batch.Raw(row), batch.Header(row).RawOffset);
        if (Count(ref cursor) is { } wrongCount)
        {
            return wrongCount;
        }

        var hasPriority = cursor.Peek == '<';
        if (hasPriority)
        {
            if (!TryPriority(ref cursor, out var priority))
            {
                return $"A priority of <0> to <191> was expected at byte {cursor.Position}.";
            }

            _fields.SetPriority(batch, row, priority);
        }

        var format = options.Format == SyslogFormat.Auto ? Detect(cursor, hasPriority) : options.Format;
        var error = format == SyslogFormat.Rfc3164 ? _rfc3164.Parse(ref cursor, batch, row)
            : hasPriority ? _rfc5424.Parse(ref cursor, batch, row)
            : $"A priority in angle brackets was expected at byte {cursor.Position}.";
        return error ?? Message(cursor, batch, row);
    }

    // LEN SP MSG (RFC 6587, 3.4.1): no other message begins with a digit and has a bracket after the first space.
    private static string? Count(ref SyslogCursor cursor)
    {
        var text = cursor.Rest;
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 1 || digits + 1 >= text.Length || text[0] == '0' || text[digits] != ' ' || text[digits + 1] != '<')
        {
            return null;
        }

        var rest = text.Length - digits - 1;
        if (digits > 9 || Number(text[..digits]) != rest)
        {
            return $"The count of bytes before the message does not match: {rest} bytes follow it.";
        }

        cursor.Skip(digits + 1);
        return null;
    }

    // A version and a space: RFC 3164 has a month's name there, and what sends RFC 3339 times in its place has a dash after the year.
    private static SyslogFormat Detect(in SyslogCursor cursor, bool hasPriority)
    {
        var rest = cursor.Rest;
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var isVersion = digits < 0 ? rest.Length > 0 : digits > 0 && rest[digits] == ' ';
        return hasPriority && isVersion ? SyslogFormat.Rfc5424 : SyslogFormat.Rfc3164;
    }

    private static bool TryPriority(ref SyslogCursor cursor, out int priority)
    {
        priority = 0;
        var text = cursor.Rest;
        var digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is < 1 or > 3 || text[digits + 1] != '>' || (digits > 1 && text[1] == '0'))
        {
            return false;
        }

        priority = Number(text.Slice(1, digits));
        cursor.Skip(digits + 2);
        return priority <= 191;
    }

    private string? Message(in SyslogCursor cursor, EventBatch batch, int row)
    {
        var text = cursor.Rest;
        var at = cursor.ArenaPosition;
        var marked = text.StartsWith("\uFEFF"u8);
        if (marked && options.StripBom)
        {
            text = text[3..];
            at += 3;
        }

        if (text.Length > Slot.MaxLength)
        {
            return $"The message is longer than {Slot.MaxLength} bytes.";
        }

        if (Utf8.IsValid(text))
        {
            SyslogFields.SetText(batch, row, _fields.Message, at, text.Length);
            return null;
        }

        return marked ? $"The message at byte {cursor.Position} is marked as UTF-8 by a byte order mark and is not."
            : options.InvalidUtf8 == InvalidText.Fail ? $"The message at byte {cursor.Position} is not valid UTF-8."
            : Repair(text, batch, row);
    }

    private string? Repair(ReadOnlySpan<byte> text, EventBatch batch, int row)
    {
        _repaired.Clear();
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var used);
            _repaired.Advance(rune.EncodeToUtf8(_repaired.GetSpan(4)));
            text = text[used..];
        }

        batch.SetString(row, _fields.Message, _repaired.Written);
        return null;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = (value * 10) + digit - '0';
        }

        return value;
    }
}
