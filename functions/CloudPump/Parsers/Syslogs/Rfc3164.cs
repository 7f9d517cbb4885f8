using CloudPump.Events;

namespace CloudPump.Parsers.Syslogs;

/// <summary>
/// What follows the priority in BSD syslog (RFC 3164, section 4.1, and what is really sent): `Oct 11 22:14:15 host tag[pid]: message`. The time may have a year or a fraction, or
/// be of RFC 3339; a message that a program gives to its own machine has no host; a first word without a colon or a process id belongs to the message.
/// </summary>
internal sealed class Rfc3164(SyslogFields fields, Rfc3164Time time)
{
    private const int LongestHost = 255;
    private const int LongestTag = 128;

    /// <summary>Sets the fields, and leaves the cursor at the message.</summary>
    public string? Parse(ref SyslogCursor cursor, EventBatch batch, int row)
    {
        if (!time.TryTake(cursor.Rest, batch.Header(row).Received, out var used, out var ticks, out var nanos))
        {
            return $"A time of the form Oct 11 22:14:15 that there is in the years around the time received was expected at byte {cursor.Position}.";
        }

        batch.SetTimestamp(row, fields.Timestamp, ticks, nanos);
        cursor.Skip(used);
        if (!cursor.TryTake(' '))
        {
            return $"A space was expected after the time, at byte {cursor.Position}.";
        }

        if (!TryTag(ref cursor, batch, row))
        {
            if (!cursor.TryLooseWord(LongestHost, out var length))
            {
                return $"A host name or a tag was expected at byte {cursor.Position}.";
            }

            SyslogFields.SetText(batch, row, fields.Hostname, cursor.ArenaPosition, length);
            cursor.Skip(length);
            cursor.TryTake(' ');
            TryTag(ref cursor, batch, row);
        }

        return null;
    }

    private bool TryTag(ref SyslogCursor cursor, EventBatch batch, int row)
    {
        if (!cursor.TryLooseWord(LongestTag, out var word))
        {
            return false;
        }

        var text = cursor.Rest[..word];
        var (tag, end) = (word - 1, word);
        var (pid, pidLength) = (0, 0);
        var open = text.IndexOf((byte)'[');
        var close = open > 0 ? text[open..].IndexOf((byte)']') : -1;
        if (close > 1 && (open + close + 1 == word || (open + close + 2 == word && text[^1] == ':')))
        {
            (tag, pid, pidLength) = (open, open + 1, close - 1);
        }
        else if (text[^1] != ':' || tag == 0)
        {
            return false;
        }

        SyslogFields.SetText(batch, row, fields.AppName, cursor.ArenaPosition, tag);
        SyslogFields.SetText(batch, row, fields.ProcId, cursor.ArenaPosition + pid, pidLength);
        cursor.Skip(end);
        cursor.TryTake(' ');
        return true;
    }
}
