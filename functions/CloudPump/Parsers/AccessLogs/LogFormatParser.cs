using System.Text;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers.AccessLogs;

/// <summary>Reads lines of a declared format, step by step; every byte is looked at a few times at most, and nothing is allocated per line.</summary>
internal sealed class LogFormatParser(LogFormat format, FieldTable fields, EcsNames? ecs) : RawParser
{
    private readonly AccessLogFields _fields = new(fields);
    private readonly LogTime _time = new();
    private readonly ushort[] _ids = [.. format.Steps.Select(s => fields.Id(s.Field))];
    private int _start;
    private int _end;
    private int _at;

    protected override string? Parse(EventBatch batch, int row)
    {
        var line = batch.Raw(row);
        if (!Ascii.IsValid(line) && !Utf8.IsValid(line))
        {
            return "The line is not valid UTF-8.";
        }

        _at = _start = batch.Header(row).RawOffset;
        _end = _start + line.TrimEnd("\r\n"u8).Length;
        if (!line.StartsWith(format.Start))
        {
            return "The line does not begin as the format does.";
        }

        _at += format.Start.Length;
        for (var i = 0; i < _ids.Length; i++)
        {
            if (Step(batch, row, format.Steps[i], _ids[i], i == _ids.Length - 1) is { } problem)
            {
                return problem;
            }
        }

        if (_at < _end)
        {
            return $"The line was expected to end at byte {_at - _start}.";
        }

        ecs?.Rename(batch, row);
        return null;
    }

    private ReadOnlySpan<byte> Rest(EventBatch batch) => batch.Bytes(_at, _end - _at);

    private string? Step(EventBatch batch, int row, LogStep step, ushort field, bool last)
    {
        var start = _at;
        if (!TryPart(batch, step, last, out var part))
        {
            return $"The end of {step.Written}, which starts at byte {start - _start}, is not to be found.";
        }

        if (part.Length > Slot.MaxLength)
        {
            return $"{step.Written}, at byte {start - _start}, is longer than {Slot.MaxLength} bytes.";
        }

        if (!Rest(batch).StartsWith(step.End))
        {
            return $"At byte {_at - _start}, after {step.Written}, stands something else than in the format.";
        }

        _at += step.End.Length;
        return TrySet(batch, row, step, field, part) ? null : $"What stands at byte {start - _start} cannot be {step.Written}.";
    }

    private bool TryPart(EventBatch batch, LogStep step, bool last, out TextPart part)
    {
        var rest = Rest(batch);
        part = default;
        if (step.IsQuoted)
        {
            return TryQuoted(batch, rest, out part);
        }

        // A dash may stand where a time should be: there is none.
        if (step.Value == LogValue.Strftime)
        {
            var length = rest is [(byte)'-', ..] ? 1 : step.Format!.TryParse(rest, out _, out var used) ? used : 0;
            part = Take(length);
            return length > 0;
        }

        if (step.Value == LogValue.BracketedTime)
        {
            var close = rest is [(byte)'[', ..] ? rest.IndexOf((byte)']') : rest is [(byte)'-', ..] ? 0 : -1;
            part = close >= 0 ? Take(close + 1) : default;
            return close >= 0;
        }

        var end = step.End.Length == 0 ? (last ? rest.Length : -1) : rest.IndexOf(step.End);
        part = end >= 0 ? Take(end) : default;
        return end >= 0;
    }

    private TextPart Take(int length)
    {
        var part = new TextPart(_at, length, FieldKind.String);
        _at += length;
        return part;
    }

    private bool TryQuoted(EventBatch batch, ReadOnlySpan<byte> rest, out TextPart part)
    {
        var end = KeyValues.QuotedText.End(rest, (byte)'"', out var escaped);
        part = end >= 0 ? Take(end) : default;
        if (end >= 0 && escaped)
        {
            var decoded = batch.Reserve(end);
            var length = AccessLogEscapes.Decode(batch.Bytes(part.Offset, end), decoded);

            // Bytes that are no UTF-8 (an attacker's, mostly) keep their escapes: nothing is lost, and the text stays valid.
            part = Utf8.IsValid(decoded[..length]) ? new TextPart(batch.Commit(length), length, FieldKind.String) : part;
        }

        return end >= 0;
    }

    private bool TrySet(EventBatch batch, int row, LogStep step, ushort field, TextPart part)
    {
        var text = batch.Bytes(part.Offset, part.Length);
        if (step.Value != LogValue.Request && text is [(byte)'-'])
        {
            return true;
        }

        switch (step.Value)
        {
            case LogValue.Text:
                LogValues.SetText(batch, row, field, part);
                return true;
            case LogValue.Request:
                RequestLine.Set(batch, row, _fields, part);
                return true;
            case LogValue.Number:
                LogValues.SetNumber(batch, row, field, part);
                return true;
            case LogValue.Int or LogValue.Status:
                return (step.Value == LogValue.Int || part.Length == 3) && LogValues.TrySetInt(batch, row, field, part);
            default:
                return TrySetTime(batch, row, step, field, text);
        }
    }

    private bool TrySetTime(EventBatch batch, int row, LogStep step, ushort field, ReadOnlySpan<byte> text)
    {
        var nanos = 0;
        var ok = step.Value switch
        {
            LogValue.BracketedTime => _time.TryParse(text[1..^1], out var ticks) ? ticks : -1,
            LogValue.Time => _time.TryParse(text, out var ticks) ? ticks : -1,
            LogValue.IsoTime => TimestampText.TryParse(text, out var ticks, out nanos) ? ticks : -1,
            LogValue.Seconds => LogValues.TrySeconds(text, out var ticks) ? ticks : -1,
            LogValue.Milliseconds => LogValues.TryUnits(text, TimeSpan.TicksPerMillisecond, out var ticks) ? ticks : -1,
            LogValue.Microseconds => LogValues.TryUnits(text, TimeSpan.TicksPerMicrosecond, out var ticks) ? ticks : -1,
            _ => step.Format!.TryParse(text, out var ticks, out var length) && length == text.Length ? ticks : -1,
        };
        if (ok >= 0)
        {
            batch.SetTimestamp(row, field, ok, nanos);
        }

        return ok >= 0;
    }
}
