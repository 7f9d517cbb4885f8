namespace CloudPump.Parsers.Layouts;

/// <summary>Reads tags and lengths.</summary>
/// <param name="tagSize">1, 2 or 4 bytes; 0 for BER.</param>
/// <param name="lengthSize">1, 2 or 4 bytes; 0 for BER.</param>
/// <param name="isLittle">Whether the lowest byte comes first.</param>
internal sealed class LayoutTags(int tagSize, int lengthSize, bool isLittle)
{
    /// <summary>Reads a tag and a length, and makes sure that the value is there; false, and a mistake, when it is not.</summary>
    public bool TryRead(ref LayoutReader reader, int end, out uint tag, out int tagLength, out int length)
    {
        (tag, tagLength, length) = (0, 0, 0);
        var rest = reader.Slice(reader.Position, end - reader.Position);
        tagLength = tagSize > 0 ? tagSize : BerTagLength(rest);
        if (tagLength is 0 or > 4 || tagLength >= rest.Length)
        {
            reader.Fail("A tag or the length after it is cut or has more than four bytes");
            return false;
        }

        tag = (uint)LayoutScalars.Unsigned(rest[..tagLength], isLittle && tagSize > 0);
        if (!TryLength(rest[tagLength..], out var used, out var value) || value > rest.Length - tagLength - used)
        {
            reader.Fail("The length after a tag goes beyond the end, is cut or indefinite");
            return false;
        }

        length = (int)value;
        reader.Position += tagLength + used;
        return true;
    }

    private bool TryLength(ReadOnlySpan<byte> bytes, out int used, out long value)
    {
        var (start, count) = (0, lengthSize);
        if (lengthSize == 0)
        {
            // X.690, 8.1.3: one byte below 128, or how many bytes follow.
            (start, count) = bytes[0] < 0x80 ? (0, 1) : (1, bytes[0] & 0x7f);
        }

        used = start + count;
        value = 0;
        if (count is 0 or > 4 || used > bytes.Length)
        {
            return false;
        }

        value = (long)LayoutScalars.Unsigned(bytes.Slice(start, count), isLittle && lengthSize > 0);
        return true;
    }

    // X.690, 8.1.2: five ones say that more bytes follow, of which the last one is below 128.
    private static int BerTagLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || (bytes[0] & 0x1f) != 0x1f)
        {
            return bytes.IsEmpty ? 0 : 1;
        }

        for (var i = 1; i < bytes.Length && i < 4; i++)
        {
            if (bytes[i] < 0x80)
            {
                return i + 1;
            }
        }

        return 0;
    }
}
