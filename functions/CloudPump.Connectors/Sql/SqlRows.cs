using System.Data.Common;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using CloudPump.Events;

namespace CloudPump.Connectors.Sql;

/// <summary>
/// Turns the rows of a query into events: columns become fields, with the types that fields have. Numbers keep all their digits, times without a zone are UTC, dates and times of day
/// are ISO 8601 texts, arrays and JSON columns are lists and objects; whatever else there is becomes its text.
/// </summary>
internal sealed class SqlRows(DbDataReader reader, FieldTable fields)
{
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 256 };
    private readonly ushort[] _columns = [.. Enumerable.Range(0, reader.FieldCount).Select(c => fields.Id(reader.GetName(c)))];
    private readonly bool[] _isJson = [.. Enumerable.Range(0, reader.FieldCount).Select(c => reader.GetDataTypeName(c).StartsWith("json", StringComparison.OrdinalIgnoreCase))];

    /// <summary>Adds the reader's current row to a batch.</summary>
    public void Add(EventBatch batch)
    {
        var row = batch.Add(new EventHeader { RawLength = -1 });
        for (var column = 0; column < _columns.Length; column++)
        {
            var value = reader.GetValue(column);
            if (!_isJson[column] || value is not string json || !TrySetJson(batch, row, _columns[column], json))
            {
                Set(batch, row, _columns[column], value);
            }
        }
    }

    private static void Set(EventBatch batch, int row, ushort field, object value)
    {
        switch (value)
        {
            case DBNull:
                batch.SetNull(row, field);
                break;
            case bool truth:
                batch.SetBool(row, field, truth);
                break;
            case long or int or short or sbyte or byte or ushort or uint:
                batch.SetInt64(row, field, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double or float:
                batch.SetDouble(row, field, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case decimal or ulong or BigInteger:
                batch.SetText(row, field, FieldKind.Number, Encoding.ASCII.GetBytes(SqlText.Of(value)));
                break;
            case DateTime time:
                batch.SetTimestamp(row, field, (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks);
                break;
            case DateTimeOffset time:
                batch.SetTimestamp(row, field, time.UtcTicks);
                break;
            case byte[] bytes:
                batch.SetText(row, field, FieldKind.Bytes, bytes);
                break;
            case Array list:
                batch.SetText(row, field, FieldKind.List, SqlText.Json(list));
                break;
            default:
                batch.SetString(row, field, Encoding.UTF8.GetBytes(SqlText.Of(value)));
                break;
        }
    }

    // SQLite lets any text into a column that is declared as JSON.
    private static bool TrySetJson(EventBatch batch, int row, ushort field, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, JsonOptions);
            SetJson(batch, row, field, document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void SetJson(EventBatch batch, int row, ushort field, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Null:
                batch.SetNull(row, field);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                batch.SetBool(row, field, json.GetBoolean());
                break;
            case JsonValueKind.String:
                batch.SetString(row, field, Encoding.UTF8.GetBytes(json.GetString()!));
                break;
            default:
                var kind = json.ValueKind switch { JsonValueKind.Object => FieldKind.Object, JsonValueKind.Array => FieldKind.List, _ => FieldKind.Number };
                batch.SetText(row, field, kind, Encoding.UTF8.GetBytes(json.GetRawText()));
                break;
        }
    }
}
