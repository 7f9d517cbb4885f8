using System.Globalization;
using System.Text;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>
/// Says why a document was refused without saying what is in it: the reasons of Elasticsearch quote values. The type of the error is shown, and of the reason
/// only the field and its type in "failed to parse field [bytes] of type [long]" at its very beginning, where no value can stand.
/// </summary>
internal static class Refusal
{
    private const int LongestName = 200;

    /// <summary>The text for a dead letter.</summary>
    public static string Text(int status, ReadOnlySpan<byte> type, ReadOnlySpan<byte> reason) =>
        string.Create(CultureInfo.InvariantCulture, $"Elasticsearch answered {status} ({Type(type)}) for this document{Field(reason)}.");

    /// <summary>The type of an error, if it looks like one.</summary>
    public static string Type(ReadOnlySpan<byte> type) =>
        type.Length is > 0 and <= 100 && type.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_"u8) < 0 ? Encoding.ASCII.GetString(type) : "unknown error";

    private static string Field(ReadOnlySpan<byte> reason)
    {
        reason = WithoutPlace(reason);
        if (!TrySkip(ref reason, "failed to parse field ["u8) || !TryTake(ref reason, "] of type ["u8, out var field) || !TryTake(ref reason, "]"u8, out var type))
        {
            return "";
        }

        return IsName(field) && Type(type) is var known ? $": the field '{Encoding.UTF8.GetString(field)}' cannot be read as {known}" : "";
    }

    // "[1:14] failed ..." names the place in the document.
    private static ReadOnlySpan<byte> WithoutPlace(ReadOnlySpan<byte> reason)
    {
        var rest = reason;
        return TrySkip(ref rest, "["u8) && TryTake(ref rest, "] "u8, out var place) && place.IndexOfAnyExcept("0123456789:"u8) < 0 ? rest : reason;
    }

    private static bool IsName(ReadOnlySpan<byte> name) => name.Length is > 0 and <= LongestName && name.IndexOfAny("\\'[]"u8) < 0;

    private static bool TrySkip(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> start)
    {
        var starts = text.StartsWith(start);
        text = starts ? text[start.Length..] : text;
        return starts;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> end, out ReadOnlySpan<byte> taken)
    {
        var length = text.IndexOf(end);
        taken = length < 0 ? default : text[..length];
        text = length < 0 ? text : text[(length + end.Length)..];
        return length >= 0;
    }
}
