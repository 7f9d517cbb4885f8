using System.Buffers.Binary;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers;

/// <summary>
/// Dimensions as bytes whose order is the order of the values: a type byte, then the value; texts end with two zero bytes and have their own zeros escaped.
/// </summary>
internal static class GroupKey
{
    /// <summary>How many bytes a text's key has besides the text, when that holds no zero.</summary>
    public const int TextFrame = 3;

    private const byte Missing = 0;
    private const byte Bool = 1;
    private const byte Integer = 2;
    private const byte Number = 3;
    private const byte Time = 4;
    private const byte Text = 5;
    private const byte Json = 6;

    /// <summary>Appends one dimension.</summary>
    public static void Append(ByteBuffer key, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Bool:
                key.WriteByte(Bool);
                key.WriteByte((byte)(value.AsBool ? 1 : 0));
                break;
            case ValueKind.Int:
                AppendOrdered(key, Integer, value.AsInt);
                break;
            case ValueKind.UInt when value.AsUInt <= long.MaxValue:
                AppendOrdered(key, Integer, value.AsInt);
                break;
            case ValueKind.UInt:
                AppendNumber(key, value.AsUInt);
                break;
            case ValueKind.Double:
                AppendNumber(key, value.AsDouble);
                break;
            case ValueKind.Timestamp:
                AppendOrdered(key, Time, value.Ticks);
                key.WriteByte((byte)value.Nanos);
                break;
            case ValueKind.String:
                AppendText(key, Text, value.Bytes);
                break;
            case ValueKind.Error or ValueKind.Null:
                key.WriteByte(Missing);
                break;
            default:
                var json = new ByteBuffer(256);
                ValueJson.Write(json, value);
                AppendText(key, Json, json.Written);
                break;
        }
    }

    /// <summary>Appends one dimension that is a text.</summary>
    public static void AppendText(ByteBuffer key, ReadOnlySpan<byte> text) => AppendText(key, Text, text);

    /// <summary>Sets the first dimension of a key as a field; returns the rest of the key.</summary>
    public static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> key, EventBatch events, int row, ushort field)
    {
        switch (key[0])
        {
            case Bool:
                events.SetBool(row, field, key[1] != 0);
                return key[2..];
            case Integer:
                events.SetInt64(row, field, Ordered(key));
                return key[9..];
            case Number:
                var bits = Ordered(key);
                events.SetDouble(row, field, BitConverter.Int64BitsToDouble(bits < 0 ? bits ^ long.MaxValue : bits));
                return key[9..];
            case Time:
                events.SetTimestamp(row, field, Ordered(key), key[9]);
                return key[10..];
            case Text or Json:
                return TakeText(key, events, row, field);
            default:
                events.SetNull(row, field);
                return key[1..];
        }
    }

    // Equal numbers are one key: 1.0 is 1, and there is one NaN.
    private static void AppendNumber(ByteBuffer key, double value)
    {
        if (value >= -9223372036854775808.0 && value < 9223372036854775808.0 && value == Math.Truncate(value))
        {
            AppendOrdered(key, Integer, (long)value);
            return;
        }

        var bits = BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);
        AppendOrdered(key, Number, bits < 0 ? bits ^ long.MaxValue : bits);
    }

    private static void AppendOrdered(ByteBuffer key, byte type, long value)
    {
        key.WriteByte(type);
        BinaryPrimitives.WriteInt64BigEndian(key.GetSpan(8), value ^ long.MinValue);
        key.Advance(8);
    }

    private static long Ordered(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt64BigEndian(key[1..]) ^ long.MinValue;

    private static void AppendText(ByteBuffer key, byte type, ReadOnlySpan<byte> text)
    {
        key.WriteByte(type);
        for (var zero = text.IndexOf((byte)0); zero >= 0; zero = text.IndexOf((byte)0))
        {
            key.Write(text[..(zero + 1)]);
            key.WriteByte(255);
            text = text[(zero + 1)..];
        }

        key.Write(text);
        key.Write([0, 0]);
    }

    private static void SetJson(EventBatch events, int row, ushort field, ReadOnlySpan<byte> json)
    {
        if (json[0] == '"')
        {
            // Bytes, durations and types: their texts hold nothing that JSON escapes.
            events.SetString(row, field, json[1..^1]);
            return;
        }

        events.SetText(row, field, json[0] == '[' ? FieldKind.List : FieldKind.Object, json);
    }

    private static ReadOnlySpan<byte> TakeText(ReadOnlySpan<byte> key, EventBatch events, int row, ushort field)
    {
        var rest = key[1..];
        var zero = rest.IndexOf((byte)0);
        if (rest[zero + 1] == 0)
        {
            SetTextOrJson(key[0], events, row, field, rest[..zero]);
            return rest[(zero + 2)..];
        }

        var text = new ByteBuffer(key.Length);
        while (rest[zero + 1] == 255)
        {
            text.Write(rest[..(zero + 1)]);
            rest = rest[(zero + 2)..];
            zero = rest.IndexOf((byte)0);
        }

        text.Write(rest[..zero]);
        SetTextOrJson(key[0], events, row, field, text.Written);
        return rest[(zero + 2)..];
    }

    private static void SetTextOrJson(byte type, EventBatch events, int row, ushort field, ReadOnlySpan<byte> text)
    {
        if (type == Text)
        {
            events.SetString(row, field, text);
        }
        else
        {
            SetJson(events, row, field, text);
        }
    }
}
