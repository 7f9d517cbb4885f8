using CloudPump.Events;
using CloudPump.Hosting.Invocations;

namespace CloudPump.Hosting.Shards;

/// <summary>
/// The blobs of a shard's record. They are named by their content, so that an instance that has lost the shard writes none over, and are deleted only once no durable
/// record refers to them: what a durable record calls garbage is so durably; what became so since then is referred to until the next record is written.
/// </summary>
internal sealed class ShardBlobs(ShardAddress address, IBlobs blobs, ShardRecord record)
{
    private readonly List<string> _discarded = [];

    /// <summary>Writes a blob; its name tells what it holds and in which save it was written first.</summary>
    public async Task<string> PutAsync(string kind, ByteBuffer bytes, CancellationToken cancellationToken)
    {
        var name = $"{address.Key}/{kind}-{record.Saves}-{StableHash.Of(bytes.Written):x16}";
        await blobs.PutAsync(BlobContainers.State, name, bytes.Written.ToArray(), cancellationToken);
        return name;
    }

    /// <exception cref="InvalidDataException">The blob is gone.</exception>
    public async Task<ReadOnlyMemory<byte>> GetAsync(string name, CancellationToken cancellationToken) =>
        await blobs.GetAsync(BlobContainers.State, name, cancellationToken)
        ?? throw new InvalidDataException($"The blob '{name}' in '{BlobContainers.State}', which holds a part of a shard, is gone.");

    /// <summary>Notes that the next record no longer refers to a blob; an empty name is none.</summary>
    public void Discard(string name)
    {
        if (name.Length > 0)
        {
            _discarded.Add(name);
        }
    }

    /// <summary>Deletes what is garbage, and notes in the record what becomes it.</summary>
    public async Task CollectAsync(bool wasDurable, CancellationToken cancellationToken)
    {
        foreach (var name in wasDurable ? record.Garbage : [])
        {
            await blobs.DeleteAsync(BlobContainers.State, name, cancellationToken);
        }

        if (wasDurable)
        {
            record.Garbage.Clear();
        }

        record.Garbage.AddRange(_discarded);
        _discarded.Clear();
    }
}
