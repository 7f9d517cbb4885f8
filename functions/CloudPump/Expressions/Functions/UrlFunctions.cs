namespace CloudPump.Expressions;

/// <summary>`parse_url`: the parts of a URL as a map.</summary>
internal static class UrlFunctions
{
    private static readonly EvaluationError NotUrl = new("the text is no URL");
    private static readonly Value[] Names =
        [.. new[] { "scheme", "user", "host", "port", "path", "query", "parameters", "fragment" }.Select(Value.Of)];

    public static IEnumerable<Overload> All => [Overload.Of("parse_url", false, Parse)];

    // A part that is not there has no key, so that a condition over it is false. The password is left out on purpose.
    private static Value Parse(Scope scope, in Value url)
    {
        if (url.Kind != ValueKind.String)
        {
            return Overload.None;
        }

        if (!UrlParts.TryParse(url.Bytes, out var parts))
        {
            return Value.OfError(NotUrl);
        }

        Value?[] found =
        [
            Lower(scope, url, parts.Scheme),
            parts.User is { } user ? UrlText.Decode(scope, Part(url, user), isForm: false) : null,
            Lower(scope, url, parts.Host),
            parts.Port is { } port ? Value.Of((long)port) : null,
            Part(url, parts.Path),
            parts.Query is { } query ? Part(url, query) : null,
            parts.Query is { } pairs ? UrlText.Parameters(scope, Part(url, pairs)) : null,
            parts.Fragment is { } fragment ? Part(url, fragment) : null,
        ];
        return Map(found);
    }

    private static Value Map(Value?[] found)
    {
        var keys = new Value[found.Length];
        var values = new Value[found.Length];
        var count = 0;
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is not { } value)
            {
                continue;
            }

            if (value.IsError)
            {
                return value;
            }

            keys[count] = Names[i];
            values[count++] = value;
        }

        return Value.OfMap(new MapValue(keys, values, count));
    }

    private static Value Part(in Value url, Range range)
    {
        var (start, length) = range.GetOffsetAndLength(url.Bytes.Length);
        return TextSearch.Part(url, start, start + length);
    }

    // Schemes and hosts are the same in any case; they are mostly written in lower case already.
    private static Value? Lower(Scope scope, in Value url, Range? range)
    {
        if (range is null)
        {
            return null;
        }

        var part = Part(url, range.Value);
        return part.Bytes.IndexOfAnyInRange((byte)'A', (byte)'Z') < 0 ? part : TextFunctions.Cased(scope, part, upper: false);
    }
}
