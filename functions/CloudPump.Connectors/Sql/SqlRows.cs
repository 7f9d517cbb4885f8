using System.Data.Common;
using System.Globalization;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Connectors.Sql;

/// <summary>Turns the rows of a query into events: columns become fields, with the types that fields have.</summary>
internal sealed class SqlRows(DbDataReader reader, FieldTable fields)
{
    private readonly ushort[] _columns = [.. Enumerable.Range(0, reader.FieldCount).Select(c => fields.Id(reader.GetName(c)))];

    /// <summary>Adds the reader's current row to a batch.</summary>
    public void Add(EventBatch batch)
    {
        var row = batch.Add(new EventHeader { RawLength = -1 });
        for (var column = 0; column < _columns.Length; column++)
        {
            Set(batch, row, _columns[column], reader.GetValue(column));
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
            case long or int or short or byte:
                batch.SetInt64(row, field, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double or float:
                batch.SetDouble(row, field, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case decimal number:
                // With all its digits.
                batch.SetText(row, field, FieldKind.Number, Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
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
            default:
                batch.SetString(row, field, Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
                break;
        }
    }
}
