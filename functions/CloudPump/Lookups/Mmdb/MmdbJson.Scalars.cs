using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace CloudPump.Lookups.Mmdb;

internal ref partial struct MmdbJson
{
    // Quotes, backslashes and the 32 control characters.
    private static readonly SearchValues<byte> MustEscape =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(code => (byte)code)]);

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
