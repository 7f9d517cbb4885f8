using System.Text.Json;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers;

/// <summary>
/// What a JSON reader does not look at by itself: it checks strings only when it decodes them, and most are never decoded. Later steps would stumble over bytes that are not UTF-8, and
/// over half of a surrogate pair.
/// </summary>
internal sealed class JsonCheck(JsonReaderOptions options)
{
    private readonly ByteBuffer _text = new(256);

    /// <summary>Why a text cannot be taken; null when it can, or when it is not JSON in other ways.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public string? Problem(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            return "The event is not valid UTF-8.";
        }

        try
        {
            CheckSurrogates(text);
            return null;
        }
        catch (InvalidOperationException)
        {
            return "The event is not valid JSON: a string holds half of a surrogate pair.";
        }
    }

    // Only the few texts that have surrogates at all are read twice.
    private void CheckSurrogates(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("\\ud"u8) < 0 && text.IndexOf("\\uD"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(text, options);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                _text.Clear();
                reader.CopyString(_text.GetSpan(reader.ValueSpan.Length));
            }
        }
    }
}
