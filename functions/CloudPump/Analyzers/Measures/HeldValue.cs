using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>A value of any type that outlives its batch, as a field would hold it. Its memory for text is used again.</summary>
internal struct HeldValue
{
    private long _bits;
    private byte[]? _bytes;
    private int _length;
    private byte _nanos;

    /// <summary>The type; Missing for no value.</summary>
    public FieldKind Kind { get; private set; }

    private readonly ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    /// <summary>Takes no value.</summary>
    public void Clear() => Kind = FieldKind.Missing;

    /// <summary>Takes a value: what <see cref="ValueFields.Set"/> would make of it.</summary>
    public void Set(in Value value, ByteBuffer scratch)
    {
        switch (value.Kind)
        {
            case ValueKind.Bool: SetBits(FieldKind.Bool, value.AsBool ? 1 : 0); break;
            case ValueKind.Int: SetBits(FieldKind.Int64, value.AsInt); break;
            case ValueKind.UInt when value.AsInt >= 0: SetBits(FieldKind.Int64, value.AsInt); break;
            case ValueKind.UInt: SetBits(FieldKind.Double, BitConverter.DoubleToInt64Bits(value.AsUInt)); break;
            case ValueKind.Double: SetBits(FieldKind.Double, BitConverter.DoubleToInt64Bits(value.AsDouble)); break;
            case ValueKind.Timestamp: SetBits(FieldKind.Timestamp, value.Ticks, (byte)value.Nanos); break;
            case ValueKind.String: SetText(FieldKind.String, value.Bytes); break;
            case ValueKind.Bytes: SetText(FieldKind.Bytes, value.Bytes); break;
            case ValueKind.List: SetText(FieldKind.List, Json(value, scratch)); break;
            case ValueKind.Map: SetText(FieldKind.Object, Json(value, scratch)); break;
            default: SetText(FieldKind.String, Json(value, scratch)[1..^1]); break;
        }
    }

    /// <summary>An order over all values, for ties.</summary>
    public readonly int Rank(in HeldValue other)
    {
        var order = Kind.CompareTo(other.Kind);
        order = order != 0 ? order : _bits.CompareTo(other._bits);
        order = order != 0 ? order : _nanos.CompareTo(other._nanos);
        return order != 0 ? order : Text.SequenceCompareTo(other.Text);
    }

    public readonly void Write(ByteBuffer output)
    {
        output.WriteByte((byte)Kind);
        if (IsText(Kind))
        {
            output.WriteBlob(Text);
        }
        else
        {
            output.WriteInt64(_bits);
            output.WriteByte(_nanos);
        }
    }

    public void Read(FieldKind kind, ref ByteReader input)
    {
        if (IsText(kind))
        {
            SetText(kind, input.Blob());
        }
        else if (kind is FieldKind.Bool or FieldKind.Int64 or FieldKind.Double or FieldKind.Timestamp)
        {
            SetBits(kind, input.Int64(), input.Byte());
        }
        else
        {
            throw new InvalidDataException("A held value has an unknown type: the state is damaged.");
        }
    }

    public readonly void SetField(EventBatch events, int row, ushort field)
    {
        switch (Kind)
        {
            case FieldKind.Missing: events.SetNull(row, field); break;
            case FieldKind.String: events.SetString(row, field, Text); break;
            case FieldKind.Bytes or FieldKind.List or FieldKind.Object: events.SetText(row, field, Kind, Text); break;
            default: events.Put(row, field).Set(Kind, _bits, _nanos); break;
        }
    }

    private static bool IsText(FieldKind kind) => kind is FieldKind.String or FieldKind.Bytes or FieldKind.List or FieldKind.Object;

    private static ReadOnlySpan<byte> Json(in Value value, ByteBuffer scratch)
    {
        scratch.Clear();
        ValueJson.Write(scratch, value);
        return scratch.Written;
    }

    private void SetBits(FieldKind kind, long bits, byte nanos = 0) => (Kind, _bits, _nanos, _length) = (kind, bits, nanos, 0);

    private void SetText(FieldKind kind, ReadOnlySpan<byte> text)
    {
        if (_bytes is null || _bytes.Length < text.Length)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(16, text.Length));
        }

        text.CopyTo(_bytes);
        (Kind, _bits, _nanos, _length) = (kind, 0, 0, text.Length);
    }
}
