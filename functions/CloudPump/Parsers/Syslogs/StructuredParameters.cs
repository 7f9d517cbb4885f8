using CloudPump.Events;

namespace CloudPump.Parsers.Syslogs;

/// <summary>The parameters of one element of structured data; those of the elements before are counted only.</summary>
internal sealed class StructuredParameters
{
    private readonly Parameter[] _items = new Parameter[StructuredData.Most];
    private readonly ByteBuffer _value = new(256);
    private int _count;
    private int _before;

    public void Clear() => (_count, _before) = (0, 0);

    public void Begin() => (_before, _count) = (_before + _count, 0);

    /// <summary>Adds one; false when the message has too many.</summary>
    public bool TryAdd(int name, int nameLength, int value, int valueLength)
    {
        if (_before + _count == StructuredData.Most)
        {
            return false;
        }

        _items[_count++] = new Parameter(name, nameLength, value, valueLength, Written: false);
        return true;
    }

    public void Write(ReadOnlySpan<byte> text, ByteBuffer json)
    {
        json.WriteByte((byte)'{');
        for (var i = 0; i < _count; i++)
        {
            if (!_items[i].Written)
            {
                WriteOne(text, json, i);
            }
        }

        json.WriteByte((byte)'}');
    }

    private void WriteOne(ReadOnlySpan<byte> text, ByteBuffer json, int index)
    {
        if (index > 0)
        {
            json.WriteByte((byte)',');
        }

        JsonText.WriteString(json, _items[index].NameIn(text));
        json.WriteByte((byte)':');
        var next = Next(text, index);
        if (next < 0)
        {
            WriteValue(json, _items[index].ValueIn(text));
            return;
        }

        json.WriteByte((byte)'[');
        WriteValue(json, _items[index].ValueIn(text));
        for (; next >= 0; next = Next(text, next))
        {
            json.WriteByte((byte)',');
            WriteValue(json, _items[next].ValueIn(text));
            _items[next].Written = true;
        }

        json.WriteByte((byte)']');
    }

    private int Next(ReadOnlySpan<byte> text, int index)
    {
        var name = _items[index].NameIn(text);
        for (var i = index + 1; i < _count; i++)
        {
            if (_items[i].NameLength == name.Length && _items[i].NameIn(text).SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }

    // A backslash before a quote, a backslash or a bracket goes; before anything else it is a character like others (6.3.3).
    private void WriteValue(ByteBuffer json, ReadOnlySpan<byte> value)
    {
        var escape = value.IndexOf((byte)'\\');
        if (escape < 0)
        {
            JsonText.WriteString(json, value);
            return;
        }

        _value.Clear();
        for (; escape >= 0; escape = value.IndexOf((byte)'\\'))
        {
            _value.Write(value[..escape]);
            if (value[escape + 1] is not ((byte)'"' or (byte)'\\' or (byte)']'))
            {
                _value.WriteByte((byte)'\\');
            }

            _value.WriteByte(value[escape + 1]);
            value = value[(escape + 2)..];
        }

        _value.Write(value);
        JsonText.WriteString(json, _value.Written);
    }

    private record struct Parameter(int Name, int NameLength, int Value, int ValueLength, bool Written)
    {
        public readonly ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> text) => text.Slice(Name, NameLength);

        public readonly ReadOnlySpan<byte> ValueIn(ReadOnlySpan<byte> text) => text.Slice(Value, ValueLength);
    }
}
