using System.Text;
using CloudPump.Events;

namespace CloudPump.Cli.Explain;

/// <summary>The fields of an event at one moment: their types in words, and their values as JSON.</summary>
internal static class FieldValues
{
    private static readonly EventJsonWriter Writer = new();

    /// <summary>The fields in their order.</summary>
    public static OrderedDictionary<string, FieldValue> Of(EventBatch batch, int row)
    {
        var fields = new OrderedDictionary<string, FieldValue>(StringComparer.Ordinal);
        var output = new ByteBuffer(256);
        for (var i = 0; i < batch.FieldCount(row); i++)
        {
            var slot = batch.Slots(row)[i];
            output.Clear();
            Writer.WriteValue(output, batch, slot);
            fields[batch.Fields.Name(batch.FieldIds(row)[i])] = new FieldValue(Type(slot.Kind), Encoding.UTF8.GetString(output.Written));
        }

        return fields;
    }

    /// <summary>The whole event as the sink gets it.</summary>
    public static string Json(EventBatch batch, int row)
    {
        var output = new ByteBuffer(1024);
        Writer.Write(output, batch, row);
        return Encoding.UTF8.GetString(output.Written);
    }

    private static string Type(FieldKind kind) => kind switch
    {
        FieldKind.String or FieldKind.PlainString => "text",
        FieldKind.Number or FieldKind.Int64 or FieldKind.Double => "number",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
