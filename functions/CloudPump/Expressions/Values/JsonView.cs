using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace CloudPump.Expressions;

/// <summary>Reads valid JSON text in place: finds where values begin and end, and makes values that point into the text.</summary>
internal static class JsonView
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnd = SearchValues.Create(",]} \t\r\n"u8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SkipSpace(ReadOnlySpan<byte> json, int at) =>
        (uint)at < (uint)json.Length && json[at] > ' ' ? at : SkipSpaces(json, at);

    /// <summary>The position after the value that starts at <paramref name="at"/>.</summary>
    public static int SkipValue(ReadOnlySpan<byte> json, int at)
    {
        if (at >= json.Length)
        {
            return json.Length;
        }

        switch (json[at])
        {
            case (byte)'"':
                return SkipString(json, at);
            case (byte)'{' or (byte)'[':
                return SkipContainer(json, at);
            default:
                var length = json[at..].IndexOfAny(ScalarEnd);
                return length < 0 ? json.Length : at + length;
        }
    }

    /// <summary>Finds where the value of an object's key starts; false when the key is not there. Of repeated keys the first counts.</summary>
    /// <param name="json">The object.</param>
    /// <param name="key">The key.</param>
    /// <param name="isPlain">Whether the key stands in JSON as it is, so that most keys are told apart without looking for their ends.</param>
    /// <param name="scope">Room for keys with escapes.</param>
    /// <param name="start">Where the value starts.</param>
    public static bool TryFind(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key, bool isPlain, Scope scope, out int start)
    {
        var at = SkipSpace(json, 1);
        while (at < json.Length && json[at] == '"')
        {
            var end = at + 1 + key.Length;
            var matches = isPlain && end < json.Length && json[end] == '"' && json.Slice(at + 1, key.Length).SequenceEqual(key);
            if (!matches)
            {
                end = SkipString(json, at) - 1;
                matches = IsEscaped(json[(at + 1)..end], key, scope);
            }

            start = SkipSpace(json, SkipSpace(json, end + 1) + 1);
            if (matches)
            {
                return true;
            }

            at = SkipSpace(json, SkipSpace(json, SkipValue(json, start)) + 1);
        }

        start = 0;
        return false;
    }

    /// <summary>The value that starts at a position of a container's text.</summary>
    public static Value DecodeAt(in Value container, ReadOnlySpan<byte> json, int start, Scope scope)
    {
        return TryPlainText(json, start, out var text)
            ? new Value(ValueKind.String, container.TextOffset + start + 1, text.Length, container.Reference)
            : Decode(container, start, SkipValue(json, start), scope);
    }

    /// <summary>The string that starts at a position, if there is one and it has no escapes.</summary>
    public static bool TryPlainText(ReadOnlySpan<byte> json, int start, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (start >= json.Length || json[start] != '"')
        {
            return false;
        }

        var rest = json[(start + 1)..];
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || rest[end] != '"')
        {
            return false;
        }

        text = rest[..end];
        return true;
    }

    /// <summary>The value between two positions of a container's text.</summary>
    public static Value Decode(in Value container, int start, int end, Scope scope)
    {
        var text = container.Bytes[start..end];
        var offset = container.TextOffset + start;
        switch (text.IsEmpty ? (byte)'n' : text[0])
        {
            case (byte)'"':
                return text.Contains((byte)'\\')
                    ? JsonUnescape.Decode(text[1..^1], scope)
                    : new Value(ValueKind.String, offset + 1, text.Length - 2, container.Reference);
            case (byte)'{':
                return new Value(ValueKind.Map, offset, text.Length, container.Reference);
            case (byte)'[':
                return new Value(ValueKind.List, offset, text.Length, container.Reference);
            case (byte)'t':
                return Value.Of(true);
            case (byte)'f':
                return Value.Of(false);
            case (byte)'n':
                return Value.Null;
            default:
                return Number(text);
        }
    }

    private static int SkipSpaces(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    private static Value Number(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out long integer, out var used) && used == text.Length)
        {
            return Value.Of(integer);
        }

        Utf8Parser.TryParse(text, out double number, out _);
        return Value.Of(number);
    }

    private static bool IsEscaped(ReadOnlySpan<byte> written, ReadOnlySpan<byte> key, Scope scope) =>
        written.Contains((byte)'\\') && JsonUnescape.Decode(written, scope).Bytes.SequenceEqual(key);

    private static int SkipString(ReadOnlySpan<byte> json, int at)
    {
        at++;
        while (at < json.Length)
        {
            var next = json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                break;
            }

            if (json[at + next] == '"')
            {
                return at + next + 1;
            }

            at += next + 2;
        }

        return json.Length;
    }

    private static int SkipContainer(ReadOnlySpan<byte> json, int at)
    {
        var depth = 0;
        while (at < json.Length)
        {
            var next = json[at..].IndexOfAny(Structure);
            if (next < 0)
            {
                break;
            }

            at += next;
            if (json[at] == '"')
            {
                at = SkipString(json, at);
                continue;
            }

            depth += json[at] is (byte)'{' or (byte)'[' ? 1 : -1;
            at++;
            if (depth == 0)
            {
                return at;
            }
        }

        return json.Length;
    }
}
