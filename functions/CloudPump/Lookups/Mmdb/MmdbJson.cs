using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace CloudPump.Lookups.Mmdb;

/// <summary>
/// Writes one record as compact JSON. Written by hand because Utf8JsonWriter would be an object per record; depth, number of
/// values and output are bounded, since pointers let a small damaged file describe an endless record.
/// </summary>
internal ref struct MmdbJson(MmdbData data, IBufferWriter<byte> output)
{
    public const int MaxDepth = 64;
    public const int MaxValues = 100_000;
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly SearchValues<byte> MustEscape = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, (byte)'"', (byte)'\\']);

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

    private void WriteString(ReadOnlySpan<byte> text)
    {
        // Length first: validating huge strings that many pointers lead to would take minutes.
        if (text.Length > MaxBytes || !Utf8.IsValid(text))
        {
            throw _data.Damaged("a string is too long or not UTF-8");
        }

        Append("\""u8);
        for (var escape = text.IndexOfAny(MustEscape); escape >= 0; escape = text.IndexOfAny(MustEscape))
        {
            Append(text[..escape]);
            WriteEscape(text[escape]);
            text = text[(escape + 1)..];
        }

        Append(text);
        Append("\""u8);
    }

    private void WriteEscape(byte character)
    {
        switch (character)
        {
            case (byte)'"':
                Append("\\\""u8);
                break;
            case (byte)'\\':
                Append("\\\\"u8);
                break;
            case (byte)'\n':
                Append("\\n"u8);
                break;
            default:
                Append([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', (byte)('0' + (character >> 4)), "0123456789abcdef"u8[character & 15]]);
                break;
        }
    }

    private void WriteBase64(ReadOnlySpan<byte> bytes)
    {
        Append("\""u8);
        Count(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        var span = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, span, out _, out var written);
        output.Advance(written);
        Append("\""u8);
    }

    private void WriteNumber(in MmdbValue value)
    {
        Span<byte> text = stackalloc byte[48];
        int length;
        switch (value.Type)
        {
            case MmdbType.Double or MmdbType.Float:
                length = FormatFloating(value, text);
                break;
            case MmdbType.Int32:
                ((int)(uint)_data.ReadUnsigned(value)).TryFormat(text, out length);
                break;
            case MmdbType.UInt128:
                // A string, because most JSON readers would round it.
                text[0] = (byte)'"';
                _data.ReadUnsigned(value).TryFormat(text[1..], out length);
                text[++length] = (byte)'"';
                length++;
                break;
            default:
                ((ulong)_data.ReadUnsigned(value)).TryFormat(text, out length);
                break;
        }

        Append(text[..length]);
    }

    private readonly int FormatFloating(in MmdbValue value, Span<byte> text)
    {
        var number = _data.ReadFloating(value);
        if (!double.IsFinite(number))
        {
            "null"u8.CopyTo(text);
            return 4;
        }

        // A float is written with a float's digits: 1.1 and not 1.100000023841858.
        var done = value.Type == MmdbType.Float ? ((float)number).TryFormat(text, out var length) : number.TryFormat(text, out length);
        return done ? length : throw _data.Damaged("a number cannot be written");
    }

    private void Append(scoped ReadOnlySpan<byte> bytes)
    {
        Count(bytes.Length);
        output.Write(bytes);
    }

    private void Count(int bytes)
    {
        _bytes += bytes;
        if (_bytes > MaxBytes)
        {
            throw _data.Damaged($"a record is larger than {MaxBytes} bytes");
        }
    }
}
