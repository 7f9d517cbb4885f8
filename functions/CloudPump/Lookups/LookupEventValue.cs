using CloudPump.Events;

namespace CloudPump.Lookups;

/// <summary>The value that an event gives a lookup: a field, some fields as an object, or all fields but the key.</summary>
internal sealed class LookupEventValue(string? value, IReadOnlyList<string> values, IReadOnlyList<string> key, FieldTable fields)
{
    private readonly FieldPath? _one = value is null ? null : new FieldPath(value, fields);
    private readonly (FieldPath Path, byte[] Name)[] _some = [.. values.Select(v => (new FieldPath(v, fields), fields.JsonPrefix(fields.Id(v)).ToArray()))];
    private readonly ushort[] _key = [.. key.Select(fields.Id)];
    private readonly EventJsonWriter _json = new();
    private readonly ByteBuffer _value = new(256);

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Written => _value.Written;

    /// <summary>Writes an event's value; returns its kind.</summary>
    public FieldKind Write(EventBatch batch, int row)
    {
        _value.Clear();
        if (_one is not null)
        {
            return LookupValue.Write(_value, _json, batch, _one.Get(batch, row));
        }

        _value.WriteByte((byte)'{');
        foreach (var (path, name) in _some)
        {
            Member(name, batch, path.Get(batch, row));
        }

        foreach (var field in _some.Length > 0 ? default : batch.FieldIds(row))
        {
            if (!_key.AsSpan().Contains(field))
            {
                Member(batch.Fields.JsonPrefix(field), batch, batch.Get(row, field));
            }
        }

        _value.WriteByte((byte)'}');
        return FieldKind.Object;
    }

    private void Member(ReadOnlySpan<byte> name, EventBatch batch, in Slot slot)
    {
        if (slot.Kind != FieldKind.Missing)
        {
            _value.Write(_value.Length > 1 ? ","u8 : default);
            _value.Write(name);
            _json.WriteValue(_value, batch, slot);
        }
    }
}
