using CloudPump.Events;
using Microsoft.Win32.SafeHandles;

namespace CloudPump.Connectors.Files;

/// <summary>A line longer than events may be: its bytes for the dead letter, and where it ends.</summary>
internal sealed class OversizeLine
{
    /// <summary>How much of it a dead letter keeps; beyond that the file itself is the record.</summary>
    private const int MostKept = 64 << 20;

    private OversizeLine(ByteBuffer kept, long length, bool hasEnd)
    {
        _kept = kept;
        Length = length;
        HasEnd = hasEnd;
    }

    private readonly ByteBuffer _kept;

    public ReadOnlySpan<byte> Kept => _kept.Written;

    /// <summary>Its length in the file, line end included.</summary>
    public long Length { get; }

    /// <summary>Whether its line end was found; otherwise the file ends with it.</summary>
    public bool HasEnd { get; }

    public static OversizeLine Read(SafeFileHandle handle, long position, bool wholeFile)
    {
        var kept = new ByteBuffer(1 << 20);
        var block = new byte[1 << 20];
        long length = 0;
        var hasEnd = false;
        while (RandomAccess.Read(handle, block, position + length) is var read and > 0)
        {
            var end = wholeFile ? -1 : block.AsSpan(0, read).IndexOf((byte)'\n');
            var part = block.AsSpan(0, end < 0 ? read : end);
            kept.Write(part[..Math.Min(part.Length, MostKept - kept.Length)]);
            length += end < 0 ? read : end + 1;
            hasEnd = end >= 0;
            if (hasEnd)
            {
                break;
            }
        }

        return new OversizeLine(kept, length, hasEnd);
    }

    public string Reason(int maxEvent) =>
        LineFraming.TooLong(Length, maxEvent)
        + (Length > MostKept ? $" The first {MostKept} bytes are kept here; the rest stands in the file." : "");
}
