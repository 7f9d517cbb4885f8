using CloudPump.Events;

namespace CloudPump.Parsers.Xmls;

/// <summary>Makes an event's fields of a document's tree.</summary>
internal sealed class XmlFields(Xml options, XmlTree tree, FieldTable fields)
{
    private readonly ushort _text = fields.Id("#text");
    private readonly ByteBuffer _json = new();

    /// <summary>Sets the fields; returns what is wrong, or null.</summary>
    public string? Set(EventBatch batch, int row)
    {
        const int Root = 0;
        if (options.Root)
        {
            return Field(batch, row, Root);
        }

        if (tree[Root].HasText)
        {
            return Value(batch, row, _text, Root);
        }

        string? problem = null;
        for (var node = tree[Root].FirstChild; node >= 0 && problem is null; node = tree[node].Next)
        {
            problem = tree[node].Repeats ? null : Field(batch, row, node);
        }

        return problem;
    }

    private string? Field(EventBatch batch, int row, int node)
    {
        if (batch.FieldCount(row) >= EventBatch.MaxFields)
        {
            return $"The event has more than {EventBatch.MaxFields} fields.";
        }

        return fields.TryAdd(tree.Name(node), out var field)
            ? Value(batch, row, field, node)
            : $"The pipeline has met more than {FieldTable.MaxNames} different field names; this event brings another one.";
    }

    private string? Value(EventBatch batch, int row, ushort field, int node)
    {
        var isList = tree[node].NextSame >= 0;
        var isText = !isList && tree[node].HasText;
        if (!isText && !isList && tree[node].FirstChild < 0)
        {
            batch.SetNull(row, field);
            return null;
        }

        _json.Clear();
        if (!isText)
        {
            WriteAll(node);
        }

        var bytes = isText ? tree.Text(node) : _json.Written;
        if (bytes.Length > Slot.MaxLength)
        {
            return $"A field would be longer than {Slot.MaxLength} bytes.";
        }

        var slot = default(Slot);
        slot.SetText(isList ? FieldKind.List : !isText ? FieldKind.Object : JsonText.IsPlain(bytes) ? FieldKind.PlainString : FieldKind.String, batch.Append(bytes), bytes.Length);
        if (isText && options.Infer)
        {
            InferredType.Apply(bytes, ref slot);
        }

        batch.Put(row, field) = slot;
        return null;
    }

    // A node with those of the same name after it.
    private void WriteAll(int node)
    {
        if (tree[node].NextSame < 0)
        {
            Write(node);
            return;
        }

        _json.WriteByte((byte)'[');
        for (var same = node; same >= 0; same = tree[same].NextSame)
        {
            _json.Write(same == node ? ""u8 : ","u8);
            Write(same);
        }

        _json.WriteByte((byte)']');
    }

    private void Write(int node)
    {
        if (tree[node].HasText)
        {
            WriteText(tree.Text(node));
            return;
        }

        if (tree[node].FirstChild < 0)
        {
            _json.Write("null"u8);
            return;
        }

        var separator = (byte)'{';
        for (var child = tree[node].FirstChild; child >= 0; child = tree[child].Next)
        {
            if (!tree[child].Repeats)
            {
                _json.WriteByte(separator);
                JsonText.WriteString(_json, tree.Name(child));
                _json.WriteByte((byte)':');
                WriteAll(child);
                separator = (byte)',';
            }
        }

        _json.WriteByte((byte)'}');
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (options.Infer && (JsonNumber.Is(text) || text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8)))
        {
            _json.Write(text);
        }
        else
        {
            JsonText.WriteString(_json, text);
        }
    }
}
