namespace CloudPump.Parsers.Layouts;

/// <summary>Fields that stand together: a record's, or a group's.</summary>
/// <param name="items">The fields.</param>
internal abstract class LayoutBody(LayoutItem[] items)
{
    protected IReadOnlyList<LayoutItem> Items => items;

    /// <summary>Reads the fields from a reader's place on; the reader has the first mistake.</summary>
    /// <param name="reader">The record.</param>
    /// <param name="end">Where the record, or the value that holds these fields, ends.</param>
    /// <param name="output">Where values go.</param>
    public abstract void Read(ref LayoutReader reader, int end, LayoutOutput output);

    /// <summary>Reads one field that stands at the reader's place and has a length.</summary>
    protected static void ReadItem(ref LayoutReader reader, LayoutItem item, int length, LayoutOutput output)
    {
        if (item.Body is { } body)
        {
            var end = reader.Position + length;
            output.BeginObject(item);
            body.Read(ref reader, end, output);
            output.EndObject(ref reader, item);
            reader.Position = item.Length >= 0 || item.LengthFrom >= 0 ? end : reader.Position;
            return;
        }

        var start = reader.Position;
        if (!reader.TryTake(item, length, out var bytes) || item.Type == LayoutType.Skip)
        {
            return;
        }

        var value = default(LayoutValue);
        if (LayoutScalars.Read(item, bytes, output.Scratch, ref value) is { } wrong)
        {
            reader.Fail(item, wrong, start);
            return;
        }

        if (item.Register >= 0)
        {
            reader.Registers[item.Register] = value.Number;
        }

        if (!item.Hidden)
        {
            output.Add(ref reader, item, value, start);
        }
    }
}
