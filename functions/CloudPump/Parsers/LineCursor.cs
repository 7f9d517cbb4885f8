using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers;

/// <summary>Walks along one line of an access log.</summary>
internal ref struct LineCursor(ReadOnlySpan<byte> line, int lineOffset, bool plain)
{
    private readonly ReadOnlySpan<byte> _line = line;

    /// <summary>The next byte, counted from the start of the line.</summary>
    public int Position { get; private set; }

    public readonly bool AtEnd => Position >= _line.Length;

    /// <summary>The kind of the words walked over so far: a word may hold a quote or a backslash, which JSON escapes.</summary>
    public readonly FieldKind WordKind =>
        plain && _line[..Position].IndexOfAny((byte)'"', (byte)'\\') < 0 ? FieldKind.PlainString : FieldKind.String;

    public readonly ReadOnlySpan<byte> Text(TextPart part) => _line.Slice(part.Offset - lineOffset, part.Length);

    /// <summary>A word that a space ends.</summary>
    public bool TryWord(out TextPart word)
    {
        var rest = _line[Position..];
        var end = rest.IndexOf((byte)' ');
        word = end > 0 ? new TextPart(lineOffset + Position, end, FieldKind.String) : default;
        Position += end > 0 ? end + 1 : 0;
        return end > 0;
    }

    /// <summary>A word that a space or the end of the line ends.</summary>
    public void TryLastWord(out TextPart word)
    {
        var rest = _line[Position..];
        var end = rest.IndexOf((byte)' ');
        var length = end < 0 ? rest.Length : end;
        word = new TextPart(lineOffset + Position, length, FieldKind.String);
        Position += end < 0 ? length : length + 1;
    }

    /// <summary>What stands between brackets, and the space after it.</summary>
    public bool TryBracketed(out TextPart text)
    {
        text = default;
        var rest = _line[Position..];
        var end = rest.IndexOf((byte)']');
        if (end < 1 || rest[0] != '[' || end + 1 >= rest.Length || rest[end + 1] != ' ')
        {
            return false;
        }

        text = new TextPart(lineOffset + Position + 1, end - 1, FieldKind.String);
        Position += end + 2;
        return true;
    }

    public bool TrySpace()
    {
        var ok = !AtEnd && _line[Position] == ' ';
        Position += ok ? 1 : 0;
        return ok;
    }

    /// <summary>What stands between quotes; its escapes are decoded into the arena's tail.</summary>
    public bool TryQuoted(EventBatch batch, out TextPart text)
    {
        text = default;
        if (AtEnd || _line[Position] != '"')
        {
            return false;
        }

        var rest = _line[(Position + 1)..];
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end >= 0 && rest[end] == '"')
        {
            text = new TextPart(lineOffset + Position + 1, end, plain ? FieldKind.PlainString : FieldKind.String);
            Position += end + 2;
            return true;
        }

        return end >= 0 && TryEscaped(batch, rest, out text);
    }

    /// <summary>Sets a field, unless the text is a single dash or empty.</summary>
    public readonly void Set(EventBatch batch, int row, ushort field, TextPart part)
    {
        if (part.Length == 0 || (part.Length == 1 && batch.Bytes(part.Offset, 1)[0] == '-'))
        {
            return;
        }

        batch.AddField(row, field).SetText(part.Kind, part.Offset, part.Length);
    }

    private bool TryEscaped(EventBatch batch, ReadOnlySpan<byte> rest, out TextPart text)
    {
        text = default;
        var end = 0;
        while (end < rest.Length && rest[end] != '"')
        {
            end += rest[end] == '\\' ? 2 : 1;
        }

        if (end >= rest.Length)
        {
            Position = _line.Length;
            return false;
        }

        var decoded = batch.Reserve(end);
        var length = AccessLogEscapes.Decode(rest[..end], decoded);

        // Bytes that are no UTF-8 (an attacker's, mostly) keep their escapes: nothing is lost, and the text stays valid.
        text = Utf8.IsValid(decoded[..length])
            ? new TextPart(batch.Commit(length), length, FieldKind.String)
            : new TextPart(lineOffset + Position + 1, end, FieldKind.String);
        Position += end + 2;
        return true;
    }
}
