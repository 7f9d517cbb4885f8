using System.Buffers;

namespace CloudPump.Lookups.Mmdb;

/// <summary>
/// Writes one record as compact JSON. Written by hand because Utf8JsonWriter would be an object per record; depth, number of
/// values and output are bounded, since pointers let a small damaged file describe an endless record.
/// </summary>
internal ref partial struct MmdbJson(MmdbData data, IBufferWriter<byte> output)
{
    public const int MaxDepth = 64;
    public const int MaxValues = 100_000;
    public const int MaxBytes = 4 * 1024 * 1024;

    private readonly MmdbData _data = data;
    private int _values;
    private int _bytes;

    /// <summary>Writes the value at an offset and returns the offset behind it.</summary>
    public int Write(int offset, int depth = 0)
    {
        if (depth > MaxDepth || ++_values > MaxValues)
        {
            throw _data.Damaged(depth > MaxDepth ? $"a record is nested deeper than {MaxDepth}" : $"a record has more than {MaxValues} values");
        }

        var value = _data.Read(offset);
        if (value.Type == MmdbType.Pointer)
        {
            WriteValue(_data.ReadTarget(offset), depth);
            return value.Next;
        }

        return WriteValue(value, depth);
    }

    private int WriteValue(in MmdbValue value, int depth)
    {
        switch (value.Type)
        {
            case MmdbType.Map:
                return WriteMap(value, depth);
            case MmdbType.Array:
                return WriteArray(value, depth);
            case MmdbType.Utf8String:
                WriteString(_data.Bytes(value));
                break;
            case MmdbType.Bytes:
                WriteBase64(_data.Bytes(value));
                break;
            case MmdbType.Boolean:
                Append(value.Size == 1 ? "true"u8 : "false"u8);
                break;
            default:
                WriteNumber(value);
                break;
        }

        return value.Next;
    }

    private int WriteMap(in MmdbValue map, int depth)
    {
        var next = map.Payload;
        Append("{"u8);
        for (var i = 0; i < map.Size; i++)
        {
            if (i > 0)
            {
                Append(","u8);
            }

            WriteString(_data.ReadKey(next, out next));
            Append(":"u8);
            next = Write(next, depth + 1);
        }

        Append("}"u8);
        return next;
    }

    private int WriteArray(in MmdbValue array, int depth)
    {
        var next = array.Payload;
        Append("["u8);
        for (var i = 0; i < array.Size; i++)
        {
            if (i > 0)
            {
                Append(","u8);
            }

            next = Write(next, depth + 1);
        }

        Append("]"u8);
        return next;
    }
}
