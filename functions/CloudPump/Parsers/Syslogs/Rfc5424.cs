using CloudPump.Events;

namespace CloudPump.Parsers.Syslogs;

/// <summary>The header of RFC 5424 (section 6) after its priority, and the structured data. Versions other than 1 are taken if they have version 1's form.</summary>
internal sealed class Rfc5424(SyslogFields fields)
{
    private const int LongestTime = 32;
    private readonly StructuredData _structuredData = new();

    /// <summary>Sets the fields, and leaves the cursor at the message.</summary>
    public string? Parse(ref SyslogCursor cursor, EventBatch batch, int row) =>
        Version(ref cursor, batch, row)
        ?? Time(ref cursor, batch, row)
        ?? Word(ref cursor, batch, row, fields.Hostname, 255, "host name")
        ?? Word(ref cursor, batch, row, fields.AppName, 48, "application name")
        ?? Word(ref cursor, batch, row, fields.ProcId, 128, "process id")
        ?? Word(ref cursor, batch, row, fields.MsgId, 32, "message id")
        ?? Data(ref cursor, batch, row);

    private string? Version(ref SyslogCursor cursor, EventBatch batch, int row)
    {
        var digits = cursor.Rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is < 1 or > 3 || cursor.Peek == '0' || cursor.Rest[digits] != ' ')
        {
            return $"A version of one to three digits and a space were expected at byte {cursor.Position}.";
        }

        var version = 0;
        foreach (var digit in cursor.Rest[..digits])
        {
            version = (version * 10) + digit - '0';
        }

        batch.SetInt64(row, fields.Version, version);
        cursor.Skip(digits + 1);
        return null;
    }

    private string? Time(ref SyslogCursor cursor, EventBatch batch, int row)
    {
        if (!cursor.TryWord(LongestTime, out var length) || cursor.Rest.Length == length)
        {
            return $"A time and a space were expected at byte {cursor.Position}.";
        }

        var text = cursor.Rest[..length];
        if (text is not [(byte)'-'])
        {
            if (!IsStrict(text) || !TimestampText.TryParse(text, out var ticks, out var nanos))
            {
                return $"The time at byte {cursor.Position} is not of the form 2026-10-11T22:14:15.003Z, with at most six digits of a fraction.";
            }

            batch.SetTimestamp(row, fields.Timestamp, ticks, nanos);
        }

        cursor.Skip(length + 1);
        return null;
    }

    // RFC 5424 takes RFC 3339's times with capitals only, and at most six digits after the point.
    private static bool IsStrict(ReadOnlySpan<byte> text)
    {
        if (text.Length < 20 || text[10] != 'T' || text[^1] == 'z')
        {
            return false;
        }

        return text[19] != '.' || text[20..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 1 and <= 6;
    }

    private static string? Word(ref SyslogCursor cursor, EventBatch batch, int row, ushort field, int most, string name)
    {
        if (!cursor.TryWord(most, out var length) || cursor.Rest.Length == length)
        {
            return $"The {name} (1 to {most} printable characters, or -) and a space were expected at byte {cursor.Position}.";
        }

        if (length > 1 || cursor.Peek != '-')
        {
            SyslogFields.SetText(batch, row, field, cursor.ArenaPosition, length);
        }

        cursor.Skip(length + 1);
        return null;
    }

    private string? Data(ref SyslogCursor cursor, EventBatch batch, int row)
    {
        if (!cursor.TryTake('-'))
        {
            if (_structuredData.Read(ref cursor) is { } error)
            {
                return error;
            }

            batch.SetText(row, fields.StructuredData, FieldKind.Object, _structuredData.Json);
        }

        return cursor.AtEnd || cursor.TryTake(' ') ? null : $"A space or the end was expected after the structured data, at byte {cursor.Position}.";
    }
}
