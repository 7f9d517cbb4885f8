using System.Text.Json;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>Reads the answer to a request: what became of each document, in the order of the request, which is all that matches them.</summary>
internal static class BulkItems
{
    /// <summary>Reads the items; false when the answer is not the one to a request of <paramref name="count"/> documents.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="count">How many documents the request had.</param>
    /// <param name="create">A document that is there already is what was wanted: the event came twice, or the answer to an earlier request was lost.</param>
    /// <param name="items">What became of each document.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, int count, bool create, List<BulkItem> items)
    {
        items.Clear();
        var reader = new Utf8JsonReader(body);
        try
        {
            return TryRead(ref reader, create, items) && items.Count == count && items.TrueForAll(i => i.Status is >= 200 and < 300 or >= 400 and < 600);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Goes to a value of the outermost object; false when it is not there.</summary>
    public static bool TryFind(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool TryRead(ref Utf8JsonReader reader, bool create, List<BulkItem> items)
    {
        if (!TryFind(ref reader, "items"u8) || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            items.Add(Item(ref reader, create));
            if (!reader.Read() || reader.TokenType != JsonTokenType.EndObject)
            {
                return false;
            }
        }

        // The rest is read too: an answer that was cut off is none.
        while (reader.Read())
        {
        }

        return true;
    }

    private static BulkItem Item(ref Utf8JsonReader reader, bool create)
    {
        var status = 0;
        var error = default(BulkError);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("status"u8))
            {
                reader.Read();
                status = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : 0;
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                error = BulkError.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        var isThere = create && status == 409 && error.Type.SequenceEqual("version_conflict_engine_exception"u8);
        return new BulkItem(status, status is >= 400 and < 500 and not (401 or 403 or 429) && !isThere ? Refusal.Text(status, error.Type, error.Reason) : null);
    }
}
