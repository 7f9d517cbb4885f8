using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CloudPump.Connectors.Sql;

/// <summary>Values of a database as text: the same on every system, whatever its culture.</summary>
internal static class SqlText
{
    /// <summary>A value's text: dates, times and zoned times in ISO 8601, bits as 0 and 1.</summary>
    public static string Of(object value) => value switch
    {
        DateTime time => (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        DateTimeOffset time => Of(time.UtcDateTime),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        BitArray bits => string.Concat(bits.Cast<bool>().Select(b => b ? '1' : '0')),
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>An array as a JSON list; one of several dimensions as lists of lists.</summary>
    public static byte[] Json(Array array) => Encoding.UTF8.GetBytes(List(array, new int[array.Rank], 0).ToJsonString());

    private static JsonArray List(Array array, int[] at, int dimension)
    {
        var list = new JsonArray();
        for (var i = 0; i < array.GetLength(dimension); i++)
        {
            at[dimension] = array.GetLowerBound(dimension) + i;
            list.Add(dimension + 1 < array.Rank ? List(array, at, dimension + 1) : Node(array.GetValue(at)));
        }

        return list;
    }

    private static JsonNode? Node(object? value) => value switch
    {
        null or DBNull => null,
        bool truth => JsonValue.Create(truth),
        decimal number => JsonValue.Create(number),
        long or int or short or sbyte or byte or ushort or uint => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double or float when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(Of(value)),
    };
}
