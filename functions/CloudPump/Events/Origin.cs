namespace CloudPump.Events;

/// <summary>A source partition: the stream's (or file's, or analyzer shard's) name and the partition's number.</summary>
public readonly record struct Origin(string Stream, int Partition)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Stream}/{Partition}";
}
