using System.Text;
using System.Text.Unicode;
using CloudPump.Events;
using CloudPump.Parsers.AccessLogs;

namespace CloudPump.Parsers;

/// <summary>
/// Reads `host ident user [time] "request" status bytes "referrer" "user agent"`; the last two may be missing (common), one more quoted field may follow.
/// A single `-` gives no field.
/// </summary>
internal sealed class AccessLogParser(FieldTable fields, EcsNames? ecs) : RawParser
{
    private readonly AccessLogFields _fields = new(fields);
    private readonly LogTime _time = new();
    private readonly UsualLine _usual = new(new AccessLogFields(fields));

    protected override string? Parse(EventBatch batch, int row)
    {
        var line = batch.Raw(row);
        if (ecs is null && _usual.TryParse(line, batch, row))
        {
            return null;
        }

        if (!Ascii.IsValid(line) && !Utf8.IsValid(line))
        {
            return "The line is not valid UTF-8.";
        }

        Forget(batch, row);
        var cursor = new LineCursor(line, batch.Header(row).RawOffset, line.IndexOfAnyInRange((byte)0, (byte)0x1f) < 0);
        var error = Head(ref cursor, batch, row) ?? Request(ref cursor, batch, row) ?? Tail(ref cursor, batch, row);
        if (error is null)
        {
            ecs?.Rename(batch, row);
        }

        return error;
    }

    // The fields below are added without a look at what is there, so whatever an earlier step has set under their names goes first.
    private void Forget(EventBatch batch, int row)
    {
        if (batch.FieldCount(row) > 0)
        {
            foreach (var field in _fields.All)
            {
                batch.RemoveField(row, field);
            }
        }
    }

    private string? Head(ref LineCursor cursor, EventBatch batch, int row)
    {
        if (!cursor.TryWord(out var client) || !cursor.TryWord(out var ident) || !cursor.TryWord(out var user))
        {
            return "The line does not begin with three words (client, ident, user).";
        }

        var kind = cursor.WordKind;
        if (!cursor.TryBracketed(out var time))
        {
            return $"The time in brackets was expected at byte {cursor.Position}.";
        }

        if (!_time.TryParse(cursor.Text(time), out var ticks))
        {
            return $"The time that ends at byte {cursor.Position - 2} is not of the form 10/Oct/2026:13:55:36 +0000.";
        }

        cursor.Set(batch, row, _fields.ClientIp, client with { Kind = kind });
        cursor.Set(batch, row, _fields.Ident, ident with { Kind = kind });
        cursor.Set(batch, row, _fields.User, user with { Kind = kind });
        batch.AddField(row, _fields.Timestamp).Set(FieldKind.Timestamp, ticks);
        return null;
    }

    private string? Request(ref LineCursor cursor, EventBatch batch, int row)
    {
        if (!cursor.TryQuoted(batch, out var request) || !cursor.TrySpace())
        {
            return $"The request in quotes was expected to end before byte {cursor.Position}.";
        }

        RequestLine.Set(batch, row, _fields, request);
        return null;
    }

    private string? Tail(ref LineCursor cursor, EventBatch batch, int row)
    {
        if (!cursor.TryWord(out var status) || status.Length != 3 || !TryNumber(cursor, batch, row, _fields.Status, status))
        {
            return $"A status of three digits was expected before byte {cursor.Position}.";
        }

        cursor.TryLastWord(out var bytes);
        if (!IsDash(cursor.Text(bytes)) && !TryNumber(cursor, batch, row, _fields.Bytes, bytes))
        {
            return $"The number of bytes (or -) was expected before byte {cursor.Position}.";
        }

        return cursor.AtEnd
            ? null
            : Quoted(ref cursor, batch, row, _fields.Referrer) ?? (cursor.AtEnd ? "The user agent is missing after the referrer." : Quoted(ref cursor, batch, row, _fields.UserAgent))
                ?? (cursor.AtEnd ? null : Quoted(ref cursor, batch, row, _fields.ForwardedFor))
                ?? (cursor.AtEnd ? null : $"The line was expected to end at byte {cursor.Position}.");
    }

    private static string? Quoted(ref LineCursor cursor, EventBatch batch, int row, ushort field)
    {
        if (!cursor.TryQuoted(batch, out var text))
        {
            return $"A field in quotes was expected to end before byte {cursor.Position}.";
        }

        cursor.Set(batch, row, field, text);
        return cursor.AtEnd || cursor.TrySpace() ? null : $"A space was expected at byte {cursor.Position}.";
    }

    private static bool TryNumber(in LineCursor cursor, EventBatch batch, int row, ushort field, TextPart part)
    {
        var text = cursor.Text(part);
        if (text.IsEmpty || text.Length > 18)
        {
            return false;
        }

        long value = 0;
        foreach (var b in text)
        {
            var digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        // A number with leading zeros is no JSON number, so its text cannot be kept for output.
        batch.AddField(row, field).SetNumber(FieldKind.Int64, value, part.Offset, text.Length > 1 && text[0] == '0' ? 0 : part.Length);
        return true;
    }

    private static bool IsDash(ReadOnlySpan<byte> text) => text.Length == 1 && text[0] == '-';
}
