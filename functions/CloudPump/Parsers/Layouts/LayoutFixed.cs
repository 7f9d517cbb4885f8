namespace CloudPump.Parsers.Layouts;

/// <summary>Fields at places that the layout tells.</summary>
/// <param name="items">The fields.</param>
/// <param name="isStrict">Whether bytes after the last field are a mistake.</param>
internal sealed class LayoutFixed(LayoutItem[] items, bool isStrict) : LayoutBody(items)
{
    public bool IsStrict => isStrict;

    public override void Read(ref LayoutReader reader, int end, LayoutOutput output)
    {
        var start = reader.Position;
        var furthest = start;
        for (var i = 0; i < Items.Count && !reader.Failed; i++)
        {
            var item = Items[i];
            if (item.Offset >= 0)
            {
                reader.Position = start + item.Offset;
            }

            if (reader.Position > end)
            {
                reader.Fail(item, "begins beyond the end", reader.Position);
                return;
            }

            Item(ref reader, item, end, output);
            furthest = Math.Max(furthest, reader.Position);
        }

        // Fields may lie over one another; what comes next stands after all of them.
        reader.Position = furthest;
    }

    private static void Item(ref LayoutReader reader, LayoutItem item, int end, LayoutOutput output)
    {
        var length = item.LengthFrom >= 0 ? reader.Registers[item.LengthFrom] : item.Length >= 0 ? item.Length : end - reader.Position;
        if (item.When >= 0 && ((reader.Registers[item.When] >> item.WhenBit) & 1) == 0)
        {
            if (item.KeepsRoom)
            {
                reader.TryTake(item, length, out _);
            }
        }
        else if (item.IsList)
        {
            List(ref reader, item, end, output);
        }
        else if (length > end - reader.Position)
        {
            reader.FailBeyond(item, length);
        }
        else
        {
            ReadItem(ref reader, item, (int)length, output);
        }
    }

    private static void List(ref LayoutReader reader, LayoutItem item, int end, LayoutOutput output)
    {
        var count = item.CountFrom >= 0 ? reader.Registers[item.CountFrom] : item.Count >= 0 ? item.Count : long.MaxValue;
        var untilEnd = count == long.MaxValue;
        output.BeginList(item);
        for (; count > 0 && !reader.Failed && !(untilEnd && reader.Position >= end); count--)
        {
            var start = reader.Position;
            output.BeginElement();
            item.Body!.Read(ref reader, end, output);
            output.EndElement(ref reader);
            if (reader.Position == start)
            {
                reader.Fail(item, "comes again and again without bytes", start);
            }
        }

        output.EndList(ref reader, item);
    }
}
