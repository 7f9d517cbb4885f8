namespace CloudPump.Embedded.Storage;

/// <summary>The folder of a store and the lock on it: two processes must not run on the same positions. A temporary folder goes away with this.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly FileStream _lock;

    public StoreFolder(string? path)
    {
        IsTemporary = path is null;
        Path = path is null ? Directory.CreateTempSubdirectory("cloudpump-").FullName : System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path);
            _lock = new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data folder '{Path}' cannot be used: {e.Message} Is another cloudpump running on it?", e);
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Whether it is gone at the end.</summary>
    public bool IsTemporary { get; }

    public void Dispose()
    {
        _lock.Dispose();
        if (!IsTemporary)
        {
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Left to the system's cleaning of temporary files.
        }
    }
}
