using System.Buffers.Text;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.KeyValues;

/// <summary>Text between quotes with the escapes of JSON, as logfmt writes it; a backslash before anything else is itself.</summary>
internal static class QuotedText
{
    /// <summary>Where the closing quote stands in what follows the opening one; -1 when there is none.</summary>
    public static int End(ReadOnlySpan<byte> text, byte quote, out bool escaped)
    {
        escaped = false;
        var end = 0;
        while (end < text.Length)
        {
            var next = text[end..].IndexOfAny(quote, (byte)'\\');
            if (next < 0)
            {
                return -1;
            }

            end += next;
            if (text[end] == quote)
            {
                return end;
            }

            escaped = true;
            end += 2;
        }

        return -1;
    }

    /// <summary>Writes the text without its escapes to the arena's tail; it never gets longer. Returns its place there.</summary>
    public static TextPart Unescape(EventBatch batch, int offset, int length, byte quote)
    {
        var output = batch.Reserve(length);
        var text = batch.Bytes(offset, length);
        var written = 0;
        while (!text.IsEmpty)
        {
            var next = text.IndexOf((byte)'\\');
            var plain = next < 0 ? text.Length : next;
            text[..plain].CopyTo(output[written..]);
            written += plain;
            text = text[plain..];
            if (!text.IsEmpty)
            {
                written += Escape(text, quote, output[written..], out var used);
                text = text[used..];
            }
        }

        return new TextPart(batch.Commit(written), written, FieldKind.String);
    }

    private static int Escape(ReadOnlySpan<byte> text, byte quote, Span<byte> output, out int used)
    {
        used = Math.Min(2, text.Length);
        var escaped = text.Length < 2 ? (byte)0 : text[1];
        var single = escaped switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'\\' or (byte)'/' => escaped,
            _ => escaped == quote ? quote : (byte)0,
        };
        if (single != 0)
        {
            output[0] = single;
            return 1;
        }

        if (escaped == 'u' && TryHex(text[2..], out var unit))
        {
            return Unicode(text, unit, output, out used);
        }

        used = 1;
        output[0] = (byte)'\\';
        return 1;
    }

    private static int Unicode(ReadOnlySpan<byte> text, char unit, Span<byte> output, out int used)
    {
        used = 6;
        if (char.IsHighSurrogate(unit) && text.Length >= 12 && text[6] == '\\' && text[7] == 'u' && TryHex(text[8..], out var low) && char.IsLowSurrogate(low))
        {
            used = 12;
            return new Rune(unit, low).EncodeToUtf8(output);
        }

        // Half of a surrogate pair is no character.
        return (char.IsSurrogate(unit) ? Rune.ReplacementChar : new Rune(unit)).EncodeToUtf8(output);
    }

    private static bool TryHex(ReadOnlySpan<byte> text, out char unit)
    {
        var ok = Utf8Parser.TryParse(text.Length < 4 ? default : text[..4], out ushort value, out var used, 'x') && used == 4;
        unit = (char)value;
        return ok;
    }
}
