using CloudPump.Events;

namespace CloudPump.Generators;

/// <summary>Finds lines in the arena; they end with LF or CR LF, the last one also without.</summary>
internal static class LineEnds
{
    /// <summary>The next line, without its end; false at the end of the text.</summary>
    public static bool TryNext(EventBatch batch, ref int start, int end, out int offset, out int length)
    {
        offset = start;
        length = 0;
        if (start >= end)
        {
            return false;
        }

        var rest = batch.Bytes(start, end - start);
        var feed = rest.IndexOf((byte)'\n');
        length = feed < 0 ? rest.Length : feed;
        start += feed < 0 ? rest.Length : feed + 1;
        if (length > 0 && rest[length - 1] == '\r')
        {
            length--;
        }

        return true;
    }
}
