using System.Globalization;
using CloudPump.Events;
using CloudPump.Hosting;
using Microsoft.Win32.SafeHandles;

namespace CloudPump.Connectors.Files;

/// <summary>
/// The running file sink: collects text in memory and writes it at its place in the file, so that writing again changes nothing. While one buffer is being
/// written, the pipeline fills the other.
/// </summary>
internal sealed class FileWriter(string path, IEventFormat format, bool durable) : ISink
{
    private const int DrainAt = 256 << 10;
    private ByteBuffer _filling = new();
    private ByteBuffer _writing = new();
    private Task? _write;
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

    public async ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        // Drained before the batch is taken: when the disk is full, nothing of the batch has been taken yet.
        if (_filling.Length >= DrainAt)
        {
            await FinishWriteAsync();
            (_filling, _writing) = (_writing, _filling);
            _write = Task.Run(Write, CancellationToken.None);
        }

        Add(batch);
    }

    public async ValueTask<string?> FlushAsync(CancellationToken cancellationToken)
    {
        await FinishWriteAsync();
        (_filling, _writing) = (_writing, _filling);
        await FinishWriteAsync();
        if (durable)
        {
            RandomAccess.FlushToDisk(Handle);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{_length}|{path}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_write is not null)
        {
            // Whether it succeeds does not matter any more: it was not committed.
            await _write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _handle?.Dispose();
    }

    private void Add(EventBatch batch)
    {
        foreach (var row in batch.Rows)
        {
            format.Write(_filling, batch, row);
        }
    }

    private void Write() => RandomAccess.Write(Handle, _writing.Written, _length);

    // A write that failed is kept and begun again by the next call: at the same place, so that what reached the file the first time is overwritten.
    private async ValueTask FinishWriteAsync()
    {
        if (_writing.Length == 0)
        {
            return;
        }

        var write = _write ?? Task.Run(Write, CancellationToken.None);
        _write = null;
        await write;
        _length += _writing.Length;
        _writing.Clear();
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
