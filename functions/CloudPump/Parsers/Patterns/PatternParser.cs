using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers.Patterns;

/// <summary>
/// Reads events by regular expressions, tried in order; named groups become fields. An expression works on characters and gives its groups as objects, so this parser, unlike others, allocates for
/// each event; for logs with a parser of their own take that.
/// </summary>
internal sealed class PatternParser : RawParser
{
    private readonly (CompiledPattern Pattern, (string Name, FieldPath Path, FieldType Type)[] Groups)[] _patterns;
    private readonly FieldConversion _conversion = new();

    public PatternParser(IEnumerable<CompiledPattern> patterns, FieldTable fields) =>
        _patterns = [.. patterns.Select(p => (p, p.Groups.Select(g => (g.Name, new FieldPath(g.Field, fields), g.Type)).ToArray()))];

    protected override string? Parse(EventBatch batch, int row)
    {
        var raw = batch.Raw(row);
        if (!Utf8.IsValid(raw))
        {
            return "The event is not valid UTF-8.";
        }

        var isAscii = Ascii.IsValid(raw);
        var text = Encoding.UTF8.GetString(raw);
        foreach (var (pattern, groups) in _patterns)
        {
            if (pattern.Regex.Match(text) is { Success: true } match)
            {
                return Set(batch, row, match, groups, isAscii);
            }
        }

        return _patterns.Length == 1 ? "The event does not match the pattern." : $"The event matches none of the {_patterns.Length} patterns.";
    }

    private string? Set(EventBatch batch, int row, Match match, (string Name, FieldPath Path, FieldType Type)[] groups, bool isAscii)
    {
        foreach (var (name, path, type) in groups)
        {
            var group = match.Groups[name];
            if (!group.Success)
            {
                continue;
            }

            var slot = SlotOf(batch, row, group, isAscii);
            if (type != FieldType.Text && group.Length > 0 && !_conversion.TryConvert(batch, slot, type, out slot))
            {
                return $"The field '{path.Text}' cannot become a value of the type {type.ToString().ToLowerInvariant()}.";
            }

            path.Put(batch, row, slot);
        }

        return null;
    }

    // Of plain ASCII a character is a byte, so the field points at the original bytes.
    private static Slot SlotOf(EventBatch batch, int row, Group group, bool isAscii)
    {
        var slot = default(Slot);
        var (offset, length) = (batch.Header(row).RawOffset + group.Index, group.Length);
        if (!isAscii)
        {
            var room = batch.Reserve(Encoding.UTF8.GetMaxByteCount(group.Length));
            length = Encoding.UTF8.GetBytes(group.ValueSpan, room);
            offset = batch.Commit(length);
        }

        slot.SetText(JsonText.IsPlain(batch.Bytes(offset, length)) ? FieldKind.PlainString : FieldKind.String, offset, length);
        return slot;
    }
}
