using System.Collections.Concurrent;
using CloudPump.Hosting.Invocations;

namespace CloudPump.Tests.App.Fakes;

/// <summary>Blobs in memory.</summary>
internal sealed class MemoryBlobs : IBlobs
{
    private readonly ConcurrentDictionary<(string Container, string Name), byte[]> _blobs = [];

    /// <summary>Called before a blob is written; may throw.</summary>
    public Action<string, string> Putting { get; set; } = static (_, _) => { };

    /// <summary>Called before a blob is read; may throw.</summary>
    public Action<string, string> Getting { get; set; } = static (_, _) => { };

    public IReadOnlyList<string> Names(string container) => [.. _blobs.Keys.Where(k => k.Container == container).Select(k => k.Name).Order(StringComparer.Ordinal)];

    public byte[] this[string container, string name] => _blobs[(container, name)];

    public Task PutAsync(string container, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Assert.Contains(container, BlobContainers.All);
        Putting(container, name);
        _blobs[(container, name)] = bytes.ToArray();
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>?> GetAsync(string container, string name, CancellationToken cancellationToken)
    {
        Getting(container, name);
        return Task.FromResult<ReadOnlyMemory<byte>?>(_blobs.TryGetValue((container, name), out var bytes) ? new ReadOnlyMemory<byte>(bytes) : default(ReadOnlyMemory<byte>?));
    }

    public Task DeleteAsync(string container, string name, CancellationToken cancellationToken)
    {
        _blobs.TryRemove((container, name), out _);
        return Task.CompletedTask;
    }
}
