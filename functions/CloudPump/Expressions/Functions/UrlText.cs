using System.Buffers.Text;
using System.Text.Unicode;

namespace CloudPump.Expressions;

/// <summary>What is encoded in URLs: %20 and the like, and the parameters of a query.</summary>
internal static class UrlText
{
    /// <summary>
    /// The text that %-escapes stand for; with <paramref name="isForm"/> a + is a space. What is no escape stays as it is, and so does a text whose
    /// escapes are no UTF-8.
    /// </summary>
    public static Value Decode(Scope scope, in Value text, bool isForm)
    {
        var encoded = text.Bytes;
        if (encoded.IndexOf((byte)'%') < 0 && !(isForm && encoded.Contains((byte)'+')))
        {
            return text;
        }

        if (!scope.HasRoom(encoded.Length))
        {
            return Value.OfError(EvaluationError.TooMuchText);
        }

        var output = scope.Reserve(encoded.Length);
        var length = 0;
        for (var at = 0; at < encoded.Length;)
        {
            var isEscape = TryEscape(encoded[at..], out var code);
            output[length++] = isEscape ? code : isForm && encoded[at] == '+' ? (byte)' ' : encoded[at];
            at += isEscape ? 3 : 1;
        }

        return Utf8.IsValid(output[..length]) ? scope.Commit(length) : text;
    }

    /// <summary>A query's parameters: name to text, or to a list of texts where a name comes more than once.</summary>
    public static Value Parameters(Scope scope, in Value query)
    {
        var names = new Dictionary<Value, int>(ValueComparer.Instance);
        var values = new List<List<Value>>();
        for (var at = 0; at < query.Bytes.Length;)
        {
            var rest = query.Bytes[at..];
            var length = rest.IndexOf((byte)'&') is var end and >= 0 ? end : rest.Length;
            if (length > 0 && !TryAdd(scope, TextSearch.Part(query, at, at + length), names, values, out var error))
            {
                return error;
            }

            at += length + 1;
        }

        return Value.OfMap(new MapValue(
            [.. names.Keys], [.. values.Select(v => v.Count == 1 ? v[0] : Value.OfList([.. v]))], names.Count));
    }

    private static bool TryEscape(ReadOnlySpan<byte> text, out byte code)
    {
        code = 0;
        return text is [(byte)'%', _, _, ..] && Utf8Parser.TryParse(text.Slice(1, 2), out code, out var used, 'x') && used == 2;
    }

    private static bool TryAdd(Scope scope, in Value pair, Dictionary<Value, int> names, List<List<Value>> values, out Value error)
    {
        var equals = pair.Bytes.IndexOf((byte)'=');
        var end = pair.Bytes.Length;
        var name = Decode(scope, TextSearch.Part(pair, 0, equals < 0 ? end : equals), isForm: true);
        var value = Decode(scope, TextSearch.Part(pair, equals < 0 ? end : equals + 1, end), isForm: true);
        error = !scope.Spend() ? Value.OfError(EvaluationError.TooMuchWork) : name.IsError ? name : value;
        if (error.IsError)
        {
            return false;
        }

        if (names.TryGetValue(name, out var index))
        {
            values[index].Add(value);
        }
        else
        {
            names.Add(name, values.Count);
            values.Add([value]);
        }

        return true;
    }
}
