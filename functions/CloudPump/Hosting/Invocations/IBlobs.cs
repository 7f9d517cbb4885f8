namespace CloudPump.Hosting.Invocations;

/// <summary>Bytes under names, in a few containers.</summary>
public interface IBlobs
{
    /// <summary>Writes a blob; one of the same name is replaced.</summary>
    Task PutAsync(string container, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Reads a blob; null when there is none.</summary>
    Task<ReadOnlyMemory<byte>?> GetAsync(string container, string name, CancellationToken cancellationToken);

    /// <summary>Deletes a blob if it is there.</summary>
    Task DeleteAsync(string container, string name, CancellationToken cancellationToken);
}
