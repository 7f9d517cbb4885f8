using System.Text.Json;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>
/// An error as Elasticsearch reports it, as it stands in the answer: type and reason with their escapes, if they have some. (What has some is not shown anyway.)
/// </summary>
internal readonly ref struct BulkError(ReadOnlySpan<byte> type, ReadOnlySpan<byte> reason)
{
    public ReadOnlySpan<byte> Type { get; } = type;

    public ReadOnlySpan<byte> Reason { get; } = reason;

    /// <summary>Reads the value that the reader stands at; afterwards it stands at its end.</summary>
    public static BulkError Read(scoped ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> type = default, reason = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isReason) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("reason"u8));
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                type = isType ? reader.ValueSpan : type;
                reason = isReason ? reader.ValueSpan : reason;
            }

            reader.Skip();
        }

        return new BulkError(type, reason);
    }

    /// <summary>The type of the error that a whole request met, as the end of a text: ` (security_exception)`; empty when there is none.</summary>
    public static string OfRequest(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            return BulkItems.TryFind(ref reader, "error"u8) ? $" ({Refusal.Type(Read(ref reader).Type)})" : "";
        }
        catch (JsonException)
        {
            // A proxy may have answered; its status says enough.
            return "";
        }
    }
}
