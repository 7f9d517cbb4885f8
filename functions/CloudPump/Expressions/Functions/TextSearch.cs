namespace CloudPump.Expressions;

/// <summary>Finding, replacing and splitting in texts; positions are those of code points.</summary>
internal static class TextSearch
{
    /// <summary>A part of a text, which shares its bytes.</summary>
    public static Value Part(in Value text, int start, int end) => new(ValueKind.String, text.TextOffset + start, end - start, text.Reference);

    public static Value IndexOf(in Value text, in Value part, long from)
    {
        var start = Utf8Text.OffsetOf(text.Bytes, from);
        if (start < 0)
        {
            return Value.OfError(EvaluationError.IndexOutOfRange);
        }

        var found = text.Bytes[start..].IndexOf(part.Bytes);
        return Value.Of(found < 0 ? -1L : from + Utf8Text.Count(text.Bytes.Slice(start, found)));
    }

    /// <summary>The last position, at most <paramref name="from"/>, where the part starts.</summary>
    public static Value LastIndexOf(in Value text, in Value part, long? from)
    {
        var end = from is null ? text.Bytes.Length : Utf8Text.OffsetOf(text.Bytes, from.Value);
        if (end < 0)
        {
            return Value.OfError(EvaluationError.IndexOutOfRange);
        }

        var searched = text.Bytes[..(int)Math.Min((long)end + part.Bytes.Length, text.Bytes.Length)];
        var found = part.Bytes.IsEmpty ? end : searched.LastIndexOf(part.Bytes);
        return Value.Of(found < 0 ? -1L : Utf8Text.Count(text.Bytes[..found]));
    }

    /// <summary>Replaces the first <paramref name="limit"/> occurrences, all when it is negative.</summary>
    public static Value Replace(Scope scope, in Value text, in Value part, in Value by, long limit)
    {
        var rest = text.Bytes;
        var at = 0;
        var output = new Events.ByteBuffer(rest.Length + 64);
        while (limit != 0 && NextMatch(rest, part.Bytes, at, out var found, out var skipped))
        {
            output.Write(rest[at..found]);
            output.Write(by.Bytes);
            if (!scope.HasRoom(output.Length))
            {
                return Value.OfError(EvaluationError.TooMuchText);
            }

            output.Write(rest[found..skipped]);
            at = skipped + (part.Bytes.IsEmpty ? 0 : part.Bytes.Length);
            limit--;
            if (part.Bytes.IsEmpty && skipped == found)
            {
                break;
            }
        }

        output.Write(rest[at..]);
        return scope.Copy(output.Written);
    }

    /// <summary>Splits into at most <paramref name="limit"/> parts, all when it is negative.</summary>
    public static Value Split(Scope scope, in Value text, in Value separator, long limit)
    {
        var parts = new List<Value>();
        var at = 0;
        while (limit < 0 || parts.Count < limit - 1)
        {
            var length = separator.Bytes.IsEmpty
                ? (at + 1 < text.Bytes.Length ? Utf8Text.LengthAt(text.Bytes, at) : -1)
                : text.Bytes[at..].IndexOf(separator.Bytes);
            if (length < 0 || (separator.Bytes.IsEmpty && at + length >= text.Bytes.Length))
            {
                break;
            }

            if (!scope.Spend())
            {
                return Value.OfError(EvaluationError.TooMuchWork);
            }

            parts.Add(Part(text, at, at + length));
            at += length + separator.Bytes.Length;
        }

        if (limit != 0 && !(separator.Bytes.IsEmpty && text.Bytes.IsEmpty))
        {
            parts.Add(Part(text, at, text.Bytes.Length));
        }

        return Value.OfList([.. parts]);
    }

    // An empty part is found before every code point and at the end; the code point after it is skipped.
    private static bool NextMatch(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part, int at, out int found, out int skipped)
    {
        if (part.IsEmpty)
        {
            found = at;
            skipped = at < text.Length ? at + Utf8Text.LengthAt(text, at) : at;
            return true;
        }

        var next = text[at..].IndexOf(part);
        found = skipped = at + next;
        return next >= 0;
    }
}
