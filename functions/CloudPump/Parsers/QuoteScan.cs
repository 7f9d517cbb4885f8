using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CloudPump.Parsers;

/// <summary>
/// One look at every byte of a line: finds its quotes, and refuses lines with anything that needs care (backslashes, control characters, bytes beyond ASCII,
/// or not exactly six quotes).
/// </summary>
internal static class QuoteScan
{
    /// <summary>The quotes of a line of the combined format.</summary>
    public const int Most = 6;

    /// <summary>Finds the six quotes; false when the line is not of that kind.</summary>
    public static bool TryFind(ReadOnlySpan<byte> line, Span<int> quotes)
    {
        if (line.Length < Vector256<byte>.Count)
        {
            return false;
        }

        var found = 0;
        var last = line.Length - Vector256<byte>.Count;
        ref var start = ref MemoryMarshal.GetReference(line);
        for (var at = 0; ; at = Math.Min(at + Vector256<byte>.Count, last))
        {
            var bytes = Vector256.LoadUnsafe(ref start, (nuint)at);

            // As signed numbers, bytes beyond ASCII are negative, so one comparison finds them and the control characters.
            var special = Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte() | Vector256.Equals(bytes, Vector256.Create((byte)'\\'));
            if (special != Vector256<byte>.Zero)
            {
                return false;
            }

            for (var mask = Vector256.Equals(bytes, Vector256.Create((byte)'"')).ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
            {
                var position = at + BitOperations.TrailingZeroCount(mask);

                // The last block overlaps the one before it.
                if (found > 0 && position <= quotes[found - 1])
                {
                    continue;
                }

                if (found == Most)
                {
                    return false;
                }

                quotes[found++] = position;
            }

            if (at == last)
            {
                return found == Most;
            }
        }
    }
}
