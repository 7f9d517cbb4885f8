using System.Globalization;
using CloudPump.Events;
using CloudPump.Hosting;
using Microsoft.Win32.SafeHandles;

namespace CloudPump.Connectors.Files;

/// <summary>The running file sink: collects text in memory and writes it at its place in the file, so that writing again changes nothing.</summary>
internal sealed class FileWriter(string path, IEventFormat format, bool durable) : ISink
{
    private const int DrainAt = 256 << 10;
    private readonly ByteBuffer _pending = new();
    private SafeFileHandle? _handle;
    private long _length;

    private SafeFileHandle Handle => _handle ?? throw new InvalidOperationException("The file is not open.");

    public ValueTask OpenAsync(string? committed, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _length = CommittedLength(committed);
        var found = RandomAccess.GetLength(_handle);
        if (found < _length)
        {
            throw new IOException($"The output '{path}' has {found} bytes, but {_length} were committed: somebody changed it. Put it back, or begin anew with another data folder.");
        }

        if (found > _length)
        {
            RandomAccess.SetLength(_handle, _length);
        }

        format.Continue(FirstLine());
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        // Drained before the batch is taken: when the disk is full, nothing of the batch has been taken yet.
        if (_pending.Length >= DrainAt)
        {
            Drain();
        }

        foreach (var row in batch.Rows)
        {
            format.Write(_pending, batch, row);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<string?> FlushAsync(CancellationToken cancellationToken)
    {
        Drain();
        if (durable)
        {
            RandomAccess.FlushToDisk(Handle);
        }

        return new(string.Create(CultureInfo.InvariantCulture, $"{_length}|{path}"));
    }

    public ValueTask DisposeAsync()
    {
        _handle?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Drain()
    {
        RandomAccess.Write(Handle, _pending.Written, _length);
        _length += _pending.Length;
        _pending.Clear();
    }

    private long CommittedLength(string? committed)
    {
        var split = committed?.IndexOf('|') ?? -1;
        return split > 0 && committed!.AsSpan(split + 1).SequenceEqual(path)
            ? long.Parse(committed.AsSpan(0, split), CultureInfo.InvariantCulture)
            : 0;
    }

    private string FirstLine()
    {
        if (_length == 0)
        {
            return "";
        }

        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadLine() ?? "";
    }
}
