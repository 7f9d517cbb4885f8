namespace CloudPump.Hosting;

/// <summary>The streams that a host supplies.</summary>
public interface IStreams
{
    /// <summary>How many partitions a stream has; a new stream gets <paramref name="wanted"/>.</summary>
    int PartitionsOf(string stream, int wanted);

    /// <summary>Opens every partition of a stream for a consumer.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="consumer">The pipeline that reads.</param>
    /// <param name="partitions">How many partitions to make when the stream is new.</param>
    IReadOnlyList<SourcePartition> Open(string stream, string consumer, int partitions);
}
