using CloudPump.Events;

namespace CloudPump.Parsers.Layouts;

/// <summary>Where values go: into the event, or, inside groups, into a JSON text that becomes one field of it.</summary>
internal sealed class LayoutOutput(ushort unknown)
{
    private readonly ByteBuffer _json = new(1_024);
    private EventBatch _batch = null!;
    private int _row;
    private int _depth;

    /// <summary>Room for what is made of a value's bytes.</summary>
    public ByteBuffer Scratch { get; } = new(256);

    /// <summary>Tags that the layout does not have, as members of an object.</summary>
    public ByteBuffer Unknown { get; } = new(256);

    public void Begin(EventBatch batch, int row)
    {
        (_batch, _row, _depth) = (batch, row, 0);
        _json.Clear();
        Unknown.Clear();
    }

    /// <summary>Adds a value, and the name of a number's value.</summary>
    /// <param name="reader">The record.</param>
    /// <param name="item">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="start">Where the field begins in the record.</param>
    public void Add(ref LayoutReader reader, LayoutItem item, LayoutValue value, int start)
    {
        ReadOnlySpan<byte> name = default;
        var isNamed = item.Values is not null && item.Values.TryFind(value.Number, out name);
        if (isNamed && item.LabelPrefix is null)
        {
            value.SetText(FieldKind.String, name, -1);
        }

        Put(ref reader, item.Field, item.Prefix, value, start);
        if (isNamed && item.LabelPrefix is not null)
        {
            value.SetText(FieldKind.String, name, -1);
            Put(ref reader, item.Label, item.LabelPrefix, value, start);
        }
    }

    public void BeginList(LayoutItem item)
    {
        Open(item);
        _json.WriteByte((byte)'[');
    }

    public void EndList(ref LayoutReader reader, LayoutItem item)
    {
        _json.WriteByte((byte)']');
        Close(ref reader, item, FieldKind.List);
    }

    public void BeginObject(LayoutItem item)
    {
        Open(item);
        _json.WriteByte((byte)'{');
    }

    public void EndObject(ref LayoutReader reader, LayoutItem item)
    {
        _json.WriteByte((byte)'}');
        Close(ref reader, item, FieldKind.Object);
    }

    /// <summary>Begins an object that is an item of a list.</summary>
    public void BeginElement()
    {
        LayoutJson.Name(_json, default);
        _json.WriteByte((byte)'{');
    }

    public void EndElement(ref LayoutReader reader)
    {
        _json.WriteByte((byte)'}');
        CheckLength(ref reader);
    }

    /// <summary>Adds an item of a list of plain values.</summary>
    public void AddElement(ref LayoutReader reader, in LayoutValue value)
    {
        LayoutJson.Name(_json, default);
        LayoutJson.Value(_json, value);
        CheckLength(ref reader);
    }

    /// <summary>Adds a tag that the layout does not have: {"8a": "0102"}.</summary>
    public void AddUnknown(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> bytes)
    {
        if (Unknown.Length == 0)
        {
            Unknown.WriteByte((byte)'{');
        }

        LayoutJson.Name(Unknown, "\""u8);
        LayoutScalars.Hex(tag, Unknown);
        Unknown.Write("\":\""u8);
        LayoutScalars.Hex(bytes, Unknown);
        Unknown.WriteByte((byte)'"');
    }

    /// <summary>Sets the field of the unknown tags, if there were any.</summary>
    public void End(ref LayoutReader reader)
    {
        if (Unknown.Length > 0 && !reader.Failed)
        {
            Unknown.WriteByte((byte)'}');
            if (Unknown.Length > Slot.MaxLength)
            {
                reader.Fail($"The unknown tags would take more than {Slot.MaxLength} bytes");
                return;
            }

            _batch.SetText(_row, unknown, FieldKind.Object, Unknown.Written);
        }
    }

    private void Put(ref LayoutReader reader, ushort field, byte[] prefix, in LayoutValue value, int start)
    {
        if (_depth > 0)
        {
            LayoutJson.Name(_json, prefix);
            LayoutJson.Value(_json, value);
            CheckLength(ref reader);
        }
        else if (value.Text.Length > Slot.MaxLength)
        {
            reader.Fail($"A field would be longer than {Slot.MaxLength} bytes");
        }
        else
        {
            Set(reader.ArenaOffset, field, value, start);
        }
    }

    private void Set(int arenaOffset, ushort field, in LayoutValue value, int start)
    {
        switch (value.Kind)
        {
            case FieldKind.Int64:
                _batch.SetInt64(_row, field, value.Number);
                break;
            case FieldKind.Timestamp:
                _batch.SetTimestamp(_row, field, value.Number, value.Nanos);
                break;
            case FieldKind.String when value.InPlace < 0:
                _batch.SetString(_row, field, value.Text);
                break;
            default:
                var offset = value.InPlace < 0 ? _batch.Append(value.Text) : arenaOffset + start + value.InPlace;
                _batch.Put(_row, field).SetText(value.Kind, offset, value.Text.Length);
                break;
        }
    }

    private void Open(LayoutItem item)
    {
        if (_depth++ > 0)
        {
            LayoutJson.Name(_json, item.Prefix);
        }
        else
        {
            _json.Clear();
        }
    }

    private void Close(ref LayoutReader reader, LayoutItem item, FieldKind kind)
    {
        CheckLength(ref reader);
        if (--_depth == 0 && !reader.Failed)
        {
            _batch.SetText(_row, item.Field, kind, _json.Written);
        }
    }

    // A short record of many bits becomes a long text.
    private void CheckLength(ref LayoutReader reader)
    {
        if (_json.Length > Slot.MaxLength)
        {
            reader.Fail($"A list or an object would take more than {Slot.MaxLength} bytes");
        }
    }
}
