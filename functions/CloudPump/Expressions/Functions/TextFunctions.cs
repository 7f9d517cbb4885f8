namespace CloudPump.Expressions;

/// <summary>The string extensions that make new texts; positions are those of code points.</summary>
internal static class TextFunctions
{
    public static IEnumerable<Overload> All =>
    [
        Overload.Of("lowerAscii", true, (Scope scope, in Value a) => Cased(scope, a, false)),
        Overload.Of("upperAscii", true, (Scope scope, in Value a) => Cased(scope, a, true)),
        Overload.Of("trim", true, (Scope scope, in Value a) => a.Kind == ValueKind.String ? scope.Copy(Utf8Text.Trim(a.Bytes)) : Overload.None),
        Overload.Of("reverse", true, Reverse),
        Overload.Of("charAt", true, CharAt),
        Overload.Of("substring", true, (Scope scope, in Value a, in Value from) => a.Kind == ValueKind.String && from.Kind == ValueKind.Int
            ? Substring(a, from.AsInt, null) : Overload.None),
        Overload.Of("substring", true, 3, (_, v) => v[0].Kind == ValueKind.String && v[1].Kind == ValueKind.Int && v[2].Kind == ValueKind.Int
            ? Substring(v[0], v[1].AsInt, v[2].AsInt) : Overload.None),
        Overload.Of("indexOf", true, (Scope _, in Value a, in Value b) =>
            StringFunctions.AreTexts(a, b) ? TextSearch.IndexOf(a, b, 0) : Overload.None),
        Overload.Of("indexOf", true, 3, (_, v) => AreTextsAndInt(v) ? TextSearch.IndexOf(v[0], v[1], v[2].AsInt) : Overload.None),
        Overload.Of("lastIndexOf", true, (Scope _, in Value a, in Value b) =>
            StringFunctions.AreTexts(a, b) ? TextSearch.LastIndexOf(a, b, null) : Overload.None),
        Overload.Of("lastIndexOf", true, 3, (_, v) => AreTextsAndInt(v) ? TextSearch.LastIndexOf(v[0], v[1], v[2].AsInt) : Overload.None),
        Overload.Of("replace", true, 3, (scope, v) => AreTexts(v) ? TextSearch.Replace(scope, v[0], v[1], v[2], -1) : Overload.None),
        Overload.Of("replace", true, 4, (scope, v) => AreTexts(v) && v[3].Kind == ValueKind.Int
            ? TextSearch.Replace(scope, v[0], v[1], v[2], v[3].AsInt) : Overload.None),
        Overload.Of("split", true, (Scope scope, in Value a, in Value b) =>
            StringFunctions.AreTexts(a, b) ? TextSearch.Split(scope, a, b, -1) : Overload.None),
        Overload.Of("split", true, 3, (scope, v) => AreTextsAndInt(v) ? TextSearch.Split(scope, v[0], v[1], v[2].AsInt) : Overload.None),
        Overload.Of("join", true, (Scope scope, in Value a) => Join(scope, a, default)),
        Overload.Of("join", true, (Scope scope, in Value a, in Value b) => b.Kind == ValueKind.String ? Join(scope, a, b) : Overload.None),
    ];

    private static bool AreTexts(ReadOnlySpan<Value> v) => StringFunctions.AreTexts(v[0], v[1]) && v[2].Kind == ValueKind.String;

    private static bool AreTextsAndInt(ReadOnlySpan<Value> v) => StringFunctions.AreTexts(v[0], v[1]) && v[2].Kind == ValueKind.Int;

    public static Value Cased(Scope scope, in Value a, bool upper)
    {
        if (a.Kind != ValueKind.String)
        {
            return Overload.None;
        }

        if (!scope.HasRoom(a.Bytes.Length))
        {
            return Value.OfError(EvaluationError.TooMuchText);
        }

        var output = scope.Reserve(a.Bytes.Length);
        var at = 0;
        foreach (var b in a.Bytes)
        {
            var changes = upper ? b is >= (byte)'a' and <= (byte)'z' : b is >= (byte)'A' and <= (byte)'Z';
            output[at++] = changes ? (byte)(b ^ 0x20) : b;
        }

        return scope.Commit(at);
    }

    private static Value Reverse(Scope scope, in Value a)
    {
        if (a.Kind != ValueKind.String)
        {
            return Overload.None;
        }

        if (!scope.HasRoom(a.Bytes.Length))
        {
            return Value.OfError(EvaluationError.TooMuchText);
        }

        var output = scope.Reserve(a.Bytes.Length);
        var text = a.Bytes;
        var end = text.Length;
        for (var at = 0; at < text.Length;)
        {
            var length = Utf8Text.LengthAt(text, at);
            end -= length;
            text.Slice(at, length).CopyTo(output[end..]);
            at += length;
        }

        return scope.Commit(text.Length);
    }

    private static Value CharAt(Scope scope, in Value a, in Value index)
    {
        if (a.Kind != ValueKind.String || index.Kind != ValueKind.Int)
        {
            return Overload.None;
        }

        var at = Utf8Text.OffsetOf(a.Bytes, index.AsInt);
        if (at < 0)
        {
            return Value.OfError(EvaluationError.IndexOutOfRange);
        }

        return Part(a, at, at == a.Bytes.Length ? at : at + Utf8Text.LengthAt(a.Bytes, at));
    }

    private static Value Substring(in Value a, long from, long? to)
    {
        var start = Utf8Text.OffsetOf(a.Bytes, from);
        var end = to is null ? a.Bytes.Length : Utf8Text.OffsetOf(a.Bytes, to.Value);
        return start < 0 || end < start ? Value.OfError(EvaluationError.IndexOutOfRange) : Part(a, start, end);
    }

    private static Value Part(in Value a, int start, int end) => TextSearch.Part(a, start, end);

    private static Value Join(Scope scope, in Value list, in Value separator)
    {
        if (list.Kind != ValueKind.List)
        {
            return Overload.None;
        }

        // Items of JSON text are made in the scope's text too, so the result is put together elsewhere first.
        var output = new Events.ByteBuffer(256);
        var first = true;
        for (var walker = new Walker(list); walker.Next(scope, out _, out var item); first = false)
        {
            if (item.Kind != ValueKind.String)
            {
                return Overload.None;
            }

            output.Write(first ? default : separator.Bytes);
            output.Write(item.Bytes);
            if (!scope.Spend() || !scope.HasRoom(output.Length))
            {
                return Value.OfError(EvaluationError.TooMuchText);
            }
        }

        return scope.Copy(output.Written);
    }
}
