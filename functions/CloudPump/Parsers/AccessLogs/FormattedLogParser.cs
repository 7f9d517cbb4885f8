using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using CloudPump.Events;
using CloudPump.Transformers.Times;

namespace CloudPump.Parsers.AccessLogs;

/// <summary>Reads lines of a format that a pipeline gives, piece by piece: a value ends where the text that follows it begins. What stands in quotes has its escapes decoded; a single - gives no field.</summary>
internal sealed class FormattedLogParser : RawParser
{
    private readonly LogStep[] _steps;
    private readonly EcsNames? _ecs;
    private readonly AccessLogFields _fields;
    private readonly LogTime _time = new();
    private readonly UnixTime _seconds = new(1);
    private readonly UnixTime _millis = new(1_000);
    private readonly UnixTime _micros = new(1_000_000);

    public FormattedLogParser(IReadOnlyList<LogItem> items, FieldTable fields, EcsNames? ecs)
    {
        (_ecs, _fields) = (ecs, new AccessLogFields(fields));
        _steps = [.. items.Select((item, i) => new LogStep(
            item,
            item.Kind == LogItemKind.Literal ? (ushort)0 : fields.Id(item.Text),
            item.Kind == LogItemKind.Literal ? Encoding.UTF8.GetBytes(item.Text) : i + 1 < items.Count ? Encoding.UTF8.GetBytes(items[i + 1].Text) : [],
            i > 0 && i + 1 < items.Count && items[i - 1].Text.EndsWith('"') && items[i + 1].Text.StartsWith('"')))];
    }

    protected override string? Parse(EventBatch batch, int row)
    {
        if (!Utf8.IsValid(batch.Raw(row)))
        {
            return "The line is not valid UTF-8.";
        }

        var (start, length, position) = (batch.Header(row).RawOffset, batch.Header(row).RawLength, 0);
        foreach (var step in _steps)
        {
            var rest = batch.Bytes(start + position, length - position);
            if (step.Item.Kind == LogItemKind.Literal)
            {
                if (!rest.StartsWith(step.Text))
                {
                    return $"At byte {position + 1} the line does not go on as its format says.";
                }

                position += step.Text.Length;
                continue;
            }

            var size = SizeOf(rest, step);
            if (size < 0 || !TrySet(batch, row, step, start + position, size))
            {
                return $"At byte {position + 1} of the line no '{step.Item.Text}' is found as its format says.";
            }

            position += size;
        }

        if (position < length)
        {
            return $"The line goes on at byte {position + 1}, where its format ends.";
        }

        _ecs?.Rename(batch, row);
        return null;
    }

    // How long the value is; -1 when its end is not found.
    private static int SizeOf(ReadOnlySpan<byte> rest, LogStep step)
    {
        if (step.Item.Kind == LogItemKind.BracketedTime)
        {
            return rest is [(byte)'[', ..] ? rest.IndexOf((byte)']') + 1 : -1;
        }

        if (!step.IsQuoted)
        {
            return step.Text.Length == 0 ? rest.Length : rest.IndexOf(step.Text);
        }

        for (var end = 0; end < rest.Length; end++)
        {
            if (rest[end] == '"')
            {
                return end;
            }

            end += rest[end] == '\\' ? 1 : 0;
        }

        return -1;
    }

    private bool TrySet(EventBatch batch, int row, LogStep step, int offset, int size)
    {
        var text = batch.Bytes(offset, size);
        if (text.IsEmpty || text is [(byte)'-'])
        {
            return true;
        }

        switch (step.Item.Kind)
        {
            case LogItemKind.Int:
                return TrySetInt(batch, row, step.Field, text);
            case LogItemKind.Number when JsonNumber.Is(text):
                batch.Put(row, step.Field).SetText(FieldKind.Number, offset, size);
                return true;
            case LogItemKind.LogTime or LogItemKind.BracketedTime:
                return TrySetLogTime(batch, row, step.Field, step.Item.Kind == LogItemKind.LogTime ? text : text[1..^1]);
            case LogItemKind.IsoTime:
                return TrySetIsoTime(batch, row, step.Field, text);
            case LogItemKind.UnixTime or LogItemKind.UnixMillis or LogItemKind.UnixMicros:
                return TrySetUnixTime(batch, row, step, offset, size);
            case LogItemKind.Request:
                SetRequest(batch, row, Decoded(batch, offset, size, step.IsQuoted));
                return true;
            default:
                Set(batch, row, step.Field, Decoded(batch, offset, size, step.IsQuoted));
                return true;
        }
    }

    private static bool TrySetInt(EventBatch batch, int row, ushort field, ReadOnlySpan<byte> text)
    {
        var ok = Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length;
        if (ok)
        {
            batch.SetInt64(row, field, number);
        }

        return ok;
    }

    private bool TrySetLogTime(EventBatch batch, int row, ushort field, ReadOnlySpan<byte> text)
    {
        var ok = _time.TryParse(text, out var ticks);
        if (ok)
        {
            batch.SetTimestamp(row, field, ticks);
        }

        return ok;
    }

    private static bool TrySetIsoTime(EventBatch batch, int row, ushort field, ReadOnlySpan<byte> text)
    {
        var ok = TimestampText.TryParse(text, out var ticks, out var nanos);
        if (ok)
        {
            batch.SetTimestamp(row, field, ticks, nanos);
        }

        return ok;
    }

    private bool TrySetUnixTime(EventBatch batch, int row, LogStep step, int offset, int size)
    {
        var text = default(Slot);
        text.SetText(FieldKind.PlainString, offset, size);
        var format = step.Item.Kind switch { LogItemKind.UnixTime => _seconds, LogItemKind.UnixMillis => _millis, _ => _micros };
        var ok = format.TryRead(batch, text, 0, out var time);
        if (ok)
        {
            batch.Put(row, step.Field) = time;
        }

        return ok;
    }

    private static TextPart Decoded(EventBatch batch, int offset, int size, bool isQuoted)
    {
        var text = batch.Bytes(offset, size);
        if (!isQuoted || text.IndexOf((byte)'\\') < 0)
        {
            return new TextPart(offset, size, JsonText.IsPlain(text) ? FieldKind.PlainString : FieldKind.String);
        }

        var room = batch.Reserve(size);
        var length = AccessLogEscapes.Decode(batch.Bytes(offset, size), room);

        // Bytes that are no UTF-8 keep their escapes: nothing is lost, and the text stays valid.
        return Utf8.IsValid(room[..length]) ? new TextPart(batch.Commit(length), length, FieldKind.String) : new TextPart(offset, size, FieldKind.String);
    }

    private void SetRequest(EventBatch batch, int row, TextPart request)
    {
        var text = batch.Bytes(request.Offset, request.Length);
        var (first, last) = (text.IndexOf((byte)' '), text.LastIndexOf((byte)' '));
        if (first < 0)
        {
            Set(batch, row, _fields.Request, request);
            return;
        }

        Set(batch, row, _fields.Method, request.Part(0, first));
        Set(batch, row, _fields.Path, request.Part(first + 1, last == first ? text.Length : last));
        if (last > first)
        {
            Set(batch, row, _fields.Protocol, request.Part(last + 1, text.Length));
        }
    }

    private static void Set(EventBatch batch, int row, ushort field, TextPart part)
    {
        if (part.Length > 0)
        {
            batch.Put(row, field).SetText(part.Kind, part.Offset, part.Length);
        }
    }
}
