using System.Globalization;
using System.Numerics;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>A decimal, as a number with all its digits: an unscaled integer in two's complement, highest byte first.</summary>
/// <param name="size">A fixed's size; -1 for bytes.</param>
/// <param name="scale">How many digits stand after the point.</param>
internal sealed class AvroDecimal(int size, int scale) : AvroFormatted(FieldKind.Number, new AvroBytes(size, isText: false))
{
    // Some 300 digits: the text of a longer one would take time by the square of its length.
    private const int MostBytes = 128;

    protected override int Format(ref AvroCursor cursor, Span<byte> text)
    {
        var start = cursor.Position;
        var bytes = cursor.Take(size < 0 ? cursor.Long() : size, "A decimal");
        if (bytes.Length > MostBytes)
        {
            cursor.FailAt($"A decimal has more than {MostBytes} bytes", start);
        }

        if (cursor.Failed)
        {
            return 0;
        }

        Span<byte> digits = stackalloc byte[400];
        var isNegative = bytes.Length > 0 && bytes[0] >= 0x80;
        var count = Digits(bytes, isNegative, digits);
        return Place(digits[..count], isNegative, text);
    }

    private static int Digits(ReadOnlySpan<byte> bytes, bool isNegative, Span<byte> digits)
    {
        if (bytes.Length > 16)
        {
            return Encoding.ASCII.GetBytes(BigInteger.Abs(new BigInteger(bytes, isBigEndian: true)).ToString(CultureInfo.InvariantCulture), digits);
        }

        var value = isNegative ? UInt128.MaxValue : UInt128.Zero;
        foreach (var b in bytes)
        {
            value = (value << 8) | b;
        }

        (isNegative ? ~value + 1 : value).TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private int Place(ReadOnlySpan<byte> digits, bool isNegative, Span<byte> text)
    {
        var at = 0;
        if (isNegative)
        {
            text[at++] = (byte)'-';
        }

        var whole = Math.Max(digits.Length - scale, 0);
        if (whole == 0)
        {
            text[at++] = (byte)'0';
        }

        digits[..whole].CopyTo(text[at..]);
        at += whole;
        if (scale == 0)
        {
            return at;
        }

        text[at++] = (byte)'.';
        var zeros = scale - (digits.Length - whole);
        text.Slice(at, zeros).Fill((byte)'0');
        digits[whole..].CopyTo(text[(at + zeros)..]);
        return at + scale;
    }
}
