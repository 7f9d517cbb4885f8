using System.Text;

namespace CloudPump.Expressions;

/// <summary>Code points in UTF-8 text.</summary>
internal static class Utf8Text
{
    /// <summary>How many code points there are.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        var continuations = 0;
        foreach (var b in text)
        {
            continuations += (b & 0xC0) == 0x80 ? 1 : 0;
        }

        return text.Length - continuations;
    }

    /// <summary>Where the code point of an index starts, in bytes; the length for the index after the last; -1 beyond.</summary>
    public static int OffsetOf(ReadOnlySpan<byte> text, long index)
    {
        if (index < 0 || index > text.Length)
        {
            return -1;
        }

        var at = 0;
        for (; index > 0 && at < text.Length; index--)
        {
            at += LengthAt(text, at);
        }

        return index == 0 ? at : -1;
    }

    /// <summary>Length of the code point at an offset, in bytes.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int at)
    {
        var length = 1;
        while (at + length < text.Length && (text[at + length] & 0xC0) == 0x80)
        {
            length++;
        }

        return length;
    }

    /// <summary>Without the white space (as Unicode has it) at both ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeFromUtf8(text, out var rune, out var used) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(rune))
        {
            text = text[used..];
        }

        while (Rune.DecodeLastFromUtf8(text, out var rune, out var used) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(rune))
        {
            text = text[..^used];
        }

        return text;
    }
}
