using System.Buffers.Text;

namespace CloudPump.Expressions;

/// <summary>Doubles as text: the shortest that reads back the same, `1e+21` from there on.</summary>
internal static class NumberText
{
    public const int MaxLength = 32;

    /// <summary>Writes what `string(double)` yields; returns the length.</summary>
    public static int Write(Span<byte> output, double value)
    {
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8;
            name.CopyTo(output);
            return name.Length;
        }

        Utf8Formatter.TryFormat(value, output, out var length);
        output[..length].Replace((byte)'E', (byte)'e');
        return length;
    }
}
