using CloudPump.Events;

namespace CloudPump.Connectors.Files;

/// <summary>Cuts bytes that lie in a batch's arena into one event per line. Line ends are \n and \r\n; empty lines are no events.</summary>
internal static class LineFraming
{
    /// <summary>Adds the lines of a block; a last line without an end counts as a line.</summary>
    /// <param name="batch">Gets the events.</param>
    /// <param name="start">Where the block starts in the arena.</param>
    /// <param name="length">The block's length.</param>
    /// <param name="position">The position of the block's first byte in the input.</param>
    /// <param name="received">The time received, in ticks.</param>
    /// <param name="maxEvent">A longer line is a dead letter.</param>
    public static void Add(EventBatch batch, int start, int length, long position, long received, int maxEvent)
    {
        // The arena does not move while rows are added: only appending to it would move it.
        var rest = batch.Bytes(start, length);
        var at = 0;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            var trimmed = line.Length > 0 && line[^1] == '\r' ? line.Length - 1 : line.Length;
            if (trimmed > 0)
            {
                var row = batch.Add(new EventHeader { RawOffset = start + at, RawLength = trimmed, Offset = position + at, Received = received });
                if (trimmed > maxEvent)
                {
                    batch.Step = -1;
                    batch.Fail(row, TooLong(trimmed, maxEvent));
                }
            }

            var used = end < 0 ? line.Length : end + 1;
            at += used;
            rest = rest[used..];
        }
    }

    /// <summary>Why a long line is a dead letter.</summary>
    public static string TooLong(long length, int maxEvent) => $"The line is {length} bytes long; events may have {maxEvent} (option 'max_event').";
}
