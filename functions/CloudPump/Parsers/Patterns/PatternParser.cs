using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers.Patterns;

/// <summary>
/// Tries patterns in order; the first that matches gives the fields, which point into the event's original bytes. Groups are to be had only from a string and a match object
/// of the runtime's regular expressions, so these two are allocated per event.
/// </summary>
/// <param name="patterns">The patterns.</param>
/// <param name="tree">Their fields.</param>
/// <param name="keepEmpty">Whether a group that matched nothing gives an empty text.</param>
internal sealed class PatternParser(CompiledPattern[] patterns, FieldTree tree, bool keepEmpty) : RawParser
{
    private readonly Slot[] _values = new Slot[tree.Count];
    private readonly FieldConversion _conversion = new();
    private readonly CharOffsets _offsets = new();

    protected override string? Parse(EventBatch batch, int row)
    {
        var raw = batch.Raw(row);
        var ascii = Ascii.IsValid(raw);
        if (!ascii && !Utf8.IsValid(raw))
        {
            return "The event is not valid UTF-8.";
        }

        var text = Encoding.UTF8.GetString(raw);
        if (!ascii)
        {
            _offsets.Map(text);
        }

        try
        {
            foreach (var pattern in patterns)
            {
                var match = pattern.Regex.Match(text);
                if (match.Success)
                {
                    return Take(batch, row, pattern, match, ascii);
                }
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return "The event is so long that the pattern takes too much time.";
        }

        return patterns.Length == 1 ? "The event does not match the pattern." : $"The event matches none of the {patterns.Length} patterns.";
    }

    private string? Take(EventBatch batch, int row, CompiledPattern pattern, Match match, bool ascii)
    {
        Array.Clear(_values);
        foreach (var part in pattern.Parts)
        {
            var group = match.Groups[part.Group];
            if (!group.Success || (group.Length == 0 && !keepEmpty))
            {
                continue;
            }

            var start = ascii ? group.Index : _offsets[group.Index];
            var end = ascii ? group.Index + group.Length : _offsets[group.Index + group.Length];
            if (!TryValue(batch, batch.Header(row).RawOffset + start, end - start, part.Type, out var value))
            {
                return end - start > Slot.MaxLength
                    ? $"The text of '{part.Field}', at byte {start} of the event, is longer than {Slot.MaxLength} bytes."
                    : $"The text of '{part.Field}', at byte {start} of the event, is no {part.Type.ToString().ToLowerInvariant()}.";
            }

            _values[part.Value] = value;
        }

        tree.Set(batch, row, _values);
        return null;
    }

    private bool TryValue(EventBatch batch, int offset, int length, FieldType type, out Slot value)
    {
        value = default;
        if (length > Slot.MaxLength)
        {
            return false;
        }

        var slot = default(Slot);
        slot.SetText(JsonText.IsPlain(batch.Bytes(offset, length)) ? FieldKind.PlainString : FieldKind.String, offset, length);
        return _conversion.TryConvert(batch, slot, type, out value);
    }
}
