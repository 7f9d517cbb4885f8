using System.Text;

namespace CloudPump.Events;

/// <summary>
/// A field's place: a top-level name, or a dotted way into objects (`user.email`). A top-level field whose name itself holds dots is found first.
/// </summary>
public sealed class FieldPath
{
    private readonly ushort _whole;
    private readonly ushort _root;
    private readonly byte[][] _rest;
    private readonly ByteBuffer _json = new(256);
    private readonly EventJsonWriter _writer = new();
    private FieldHint _hint;

    /// <summary>Resolves the path's names once.</summary>
    public FieldPath(string path, FieldTable fields)
    {
        Text = path;
        var parts = path.Split('.');
        _whole = fields.Id(path);
        _root = fields.Id(parts[0]);
        _rest = [.. parts.Skip(1).Select(Encoding.UTF8.GetBytes)];
        _hint = new FieldHint(_root);
    }

    /// <summary>The path as written.</summary>
    public string Text { get; }

    /// <summary>Whether the path leads into an object.</summary>
    public bool IsNested => _rest.Length > 0;

    /// <summary>Whether the path is, for this event, a top-level field; its id then.</summary>
    public bool IsTopLevel(EventBatch batch, int row, out ushort field)
    {
        field = IsNested && batch.Has(row, _whole) ? _whole : _root;
        return !IsNested || field == _whole;
    }

    /// <summary>The value as a slot: the field's own, or one made from the JSON inside an object. Missing when it is not there.</summary>
    public Slot Get(EventBatch batch, int row)
    {
        if (!IsNested)
        {
            return _hint.Read(batch, row);
        }

        if (batch.Has(row, _whole))
        {
            return batch.Get(row, _whole);
        }

        var root = batch.Get(row, _root);
        var slot = root.Kind == FieldKind.Object ? JsonObjectText.Get(batch, root, _rest) : default;
        if (slot.Kind == FieldKind.Number)
        {
            batch.ParseNumber(ref slot);
        }

        return slot;
    }

    /// <summary>Sets the value at the path to what the top-level field <paramref name="scratch"/> holds, and removes that field.</summary>
    public void MoveFrom(EventBatch batch, int row, ushort scratch)
    {
        var slot = batch.Get(row, scratch);
        batch.RemoveField(row, scratch);
        Put(batch, row, slot);
    }

    /// <summary>Sets the value at the path; objects on the way are made where they are missing.</summary>
    public void Put(EventBatch batch, int row, in Slot slot)
    {
        if (IsTopLevel(batch, row, out var field))
        {
            batch.Put(row, field) = slot;
            return;
        }

        _json.Clear();
        _writer.WriteValue(_json, batch, slot);
        Patch(batch, row, _json.Written);
    }

    /// <summary>Sets the value at the path to a JSON value.</summary>
    public void PutJson(EventBatch batch, int row, ReadOnlySpan<byte> json)
    {
        var reader = new System.Text.Json.Utf8JsonReader(json, new System.Text.Json.JsonReaderOptions { MaxDepth = 512 });
        reader.Read();
        Put(batch, row, JsonObjectText.ToSlot(batch, batch.Append(json), ref reader));
    }

    /// <summary>Removes the value; false when it is not there.</summary>
    public bool Remove(EventBatch batch, int row)
    {
        if (IsTopLevel(batch, row, out var field))
        {
            return batch.RemoveField(row, field);
        }

        if (Get(batch, row).Kind == FieldKind.Missing)
        {
            return false;
        }

        Patch(batch, row, default);
        return true;
    }

    private void Patch(EventBatch batch, int row, ReadOnlySpan<byte> json)
    {
        var root = batch.Get(row, _root);
        var output = new ByteBuffer(256);
        JsonObjectText.Patch(root.Kind == FieldKind.Object ? batch.Text(root) : "{}"u8, _rest, json, output);
        batch.SetText(row, _root, FieldKind.Object, output.Written);
    }
}
