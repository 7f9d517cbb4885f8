using CloudPump.Events;

namespace CloudPump.Analyzers;

/// <summary>The watermarks that a shard closed with since its last piece, as far as they matter: closing with these comes to the same as closing with all of them.</summary>
/// <param name="First">The first one. With it went the keys that were too many, and which those are depends on what it left.</param>
/// <param name="Largest">The largest one that is a time; <see cref="AnalyzerStep.NoTime"/> when none is.</param>
/// <param name="Everything">Everything that was open was closed, because all partitions were silent; what came then is not late by it, as it is by a time.</param>
public readonly record struct Closings(long First, long Largest, bool Everything)
{
    /// <summary>These watermarks and another one.</summary>
    public static Closings Add(Closings? before, long mark)
    {
        var (first, largest, everything) = before ?? new Closings(mark, AnalyzerStep.NoTime, false);
        return mark == long.MaxValue ? new Closings(first, largest, true) : new Closings(first, Math.Max(largest, mark), everything);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Closings? Read(ref ByteReader input) =>
        input.Byte() == 0 ? null : new Closings(input.Signed(), input.Signed(), input.Byte() != 0);

    /// <summary>Writes the watermarks, or that there are none.</summary>
    public static void Write(Closings? closings, ByteBuffer output)
    {
        output.WriteByte((byte)(closings is null ? 0 : 1));
        if (closings is var (first, largest, everything))
        {
            output.WriteSigned(first);
            output.WriteSigned(largest);
            output.WriteByte((byte)(everything ? 1 : 0));
        }
    }
}
