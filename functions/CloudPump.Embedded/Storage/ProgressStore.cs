using CloudPump.Hosting;

namespace CloudPump.Embedded.Storage;

/// <summary>Reads the progress rows and output references when pipelines are opened.</summary>
internal sealed class ProgressStore(StoreDatabase database)
{
    /// <summary>The progress of a pipeline's source partition, or null.</summary>
    public PartitionProgress? Find(string pipeline, string partition)
    {
        lock (database.WriteLock)
        {
            using var read = new Statement(database.Writer, "SELECT body FROM progress WHERE pipeline = $1 AND partition = $2");
            return read.Scalar(pipeline, partition) is byte[] body ? PartitionProgress.Load(body) : null;
        }
    }

    /// <summary>The reference that a pipeline's sink gave last, or null.</summary>
    public string? OutputOf(string pipeline)
    {
        lock (database.WriteLock)
        {
            using var read = new Statement(database.Writer, "SELECT reference FROM output WHERE pipeline = $1");
            return (string?)read.Scalar(pipeline);
        }
    }
}
