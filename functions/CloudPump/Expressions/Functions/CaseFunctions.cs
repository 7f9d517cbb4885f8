using System.Buffers;
using System.Text;

namespace CloudPump.Expressions;

/// <summary>`lower` and `upper`: Unicode's simple case mapping, one code point to one, the same in every language.</summary>
internal static class CaseFunctions
{
    public static IEnumerable<Overload> All =>
    [
        Overload.Of("lower", true, (Scope scope, in Value a) => a.Kind == ValueKind.String ? Cased(scope, a, isUpper: false) : Overload.None),
        Overload.Of("upper", true, (Scope scope, in Value a) => a.Kind == ValueKind.String ? Cased(scope, a, isUpper: true) : Overload.None),
    ];

    private static Value Cased(Scope scope, in Value a, bool isUpper)
    {
        // A code point of two bytes may become one of three; none grows by more.
        var most = (a.Bytes.Length * 3L / 2) + 1;
        if (!scope.HasRoom(most))
        {
            return Value.OfError(EvaluationError.TooMuchText);
        }

        var output = scope.Reserve((int)most);
        var text = a.Bytes;
        var ascii = isUpper
            ? Ascii.ToUpper(text, output, out var length)
            : Ascii.ToLower(text, output, out length);
        for (text = text[length..]; ascii != OperationStatus.Done && !text.IsEmpty;)
        {
            length += Next(ref text, output[length..], isUpper);
        }

        return scope.Commit(length);
    }

    private static int Next(ref ReadOnlySpan<byte> text, Span<byte> output, bool isUpper)
    {
        var status = Rune.DecodeFromUtf8(text, out var rune, out var used);
        var bytes = text[..used];
        text = text[used..];
        if (status == OperationStatus.Done)
        {
            return (isUpper ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune)).EncodeToUtf8(output);
        }

        // What is no UTF-8 stays as it is.
        bytes.CopyTo(output);
        return used;
    }
}
