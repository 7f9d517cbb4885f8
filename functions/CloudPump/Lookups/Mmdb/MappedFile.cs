using System.IO.MemoryMappedFiles;

namespace CloudPump.Lookups.Mmdb;

/// <summary>
/// A whole file as memory. A file of this kind must be replaced by renaming another one over it, never written in place:
/// the mapping keeps the old content then, and cutting a mapped file short would end the process.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _length;
    private byte* _pointer;

    public MappedFile(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        if (stream.Length is 0 or > int.MaxValue)
        {
            var length = stream.Length;
            stream.Dispose();
            throw new IOException($"It has {length} bytes; between 1 byte and 2 GiB can be read.");
        }

        _length = (int)stream.Length;
        _file = MemoryMappedFile.CreateFromFile(stream, mapName: null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
        _pointer += _view.PointerOffset;
    }

    /// <summary>The file's bytes; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            var pointer = _pointer;
            ObjectDisposedException.ThrowIf(pointer is null, this);
            return new ReadOnlySpan<byte>(pointer, _length);
        }
    }

    public void Dispose()
    {
        if (_pointer is null)
        {
            return;
        }

        _pointer = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
