using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>An array or a map: blocks of items, each with a count before it.</summary>
internal sealed class AvroItems(AvroNode item, bool isMap) : AvroNested(isMap ? FieldKind.Object : FieldKind.List)
{
    public override void Write(ref AvroCursor cursor, ByteBuffer json)
    {
        if (!cursor.Enter())
        {
            return;
        }

        json.WriteByte(isMap ? (byte)'{' : (byte)'[');
        var isFirst = true;
        for (var count = cursor.Block(out _); count > 0; count = cursor.Block(out _))
        {
            for (; count > 0 && !cursor.Failed; count--)
            {
                if (!isFirst)
                {
                    json.WriteByte((byte)',');
                }

                isFirst = false;
                WriteItem(ref cursor, json);
            }
        }

        json.WriteByte(isMap ? (byte)'}' : (byte)']');
        cursor.Leave();
    }

    public override void Skip(ref AvroCursor cursor)
    {
        if (!cursor.Enter())
        {
            return;
        }

        for (var count = cursor.Block(out var size); count > 0; count = cursor.Block(out size))
        {
            if (size >= 0)
            {
                cursor.Take(size, "A block");
                continue;
            }

            for (; count > 0 && !cursor.Failed; count--)
            {
                var start = cursor.Position;
                if (isMap)
                {
                    cursor.Take(cursor.Long(), "A string");
                }

                item.Skip(ref cursor);
                cursor.CountItem(start);
            }
        }

        cursor.Leave();
    }

    private void WriteItem(ref AvroCursor cursor, ByteBuffer json)
    {
        var start = cursor.Position;
        if (isMap)
        {
            JsonText.WriteString(json, AvroBytes.Text(ref cursor));
            json.WriteByte((byte)':');
        }

        item.Write(ref cursor, json);
        cursor.CountItem(start);
        CheckLength(ref cursor, json);
    }
}
