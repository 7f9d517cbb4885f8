using System.Collections.Concurrent;
using CloudPump.Hosting.Invocations;

namespace CloudPump.Tests.App.Azurite;

/// <summary>Blobs of an account below a folder of their own; remembers the names.</summary>
internal sealed class OwnBlobs(IBlobs blobs, string folder) : IBlobs
{
    private readonly ConcurrentDictionary<(string Container, string Name), bool> _names = [];

    public IReadOnlyList<string> Names(string container) => [.. _names.Keys.Where(k => k.Container == container).Select(k => k.Name)];

    public Task PutAsync(string container, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _names[(container, name)] = true;
        return blobs.PutAsync(container, $"{folder}/{name}", bytes, cancellationToken);
    }

    public Task<ReadOnlyMemory<byte>?> GetAsync(string container, string name, CancellationToken cancellationToken) => blobs.GetAsync(container, $"{folder}/{name}", cancellationToken);

    public Task DeleteAsync(string container, string name, CancellationToken cancellationToken)
    {
        _names.TryRemove((container, name), out _);
        return blobs.DeleteAsync(container, $"{folder}/{name}", cancellationToken);
    }
}
