using System.Globalization;
using CloudPump.Events;
using CloudPump.Hosting;
using Microsoft.Win32.SafeHandles;

namespace CloudPump.Connectors.Files;

/// <summary>
/// One file. The position is the byte offset of the next line, so that a read can begin anywhere; bytes are read straight into the batch's arena.
/// </summary>
internal sealed class FilePartition(string path, int maxEvent, SourceContext context) : SourcePartition
{
    // Larger blocks leave the processor's second-level cache.
    private const int BlockSize = 64 << 10;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private SafeFileHandle? _handle;
    private SafeFileHandle? _next;
    private FileIdentity? _identity;
    private long _position;

    public override string Name => "file:" + path;

    public override Origin Origin => new(string.Create(CultureInfo.InvariantCulture, $"{Name}#{_identity?.HeadHash ?? 0:x16}"), 0);

    public override string Identity => _identity?.Text ?? "";

    private SafeFileHandle Handle => _handle ?? throw new InvalidOperationException("The file is not open.");

    // A file that another one has replaced grows no more.
    private bool MayGrow => (context.Follow || context.Grows) && _next is null;

    public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken)
    {
        _handle = OpenFile();
        var known = progress is not null && FileIdentity.Matches(progress.Identity, _handle, out _identity) && progress.Position <= RandomAccess.GetLength(_handle);
        _identity ??= FileIdentity.Of(_handle);
        _position = known ? progress!.Position : 0;
        return ValueTask.CompletedTask;
    }

    public override async ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        while (!TryRead(batch))
        {
            if (!context.Follow)
            {
                return ReadResult.End;
            }

            if (!TryFollowRotation())
            {
                await Task.Delay(PollInterval, context.Time, cancellationToken);
            }
        }

        batch.NextOffset = _position;
        batch.Identity = Identity;
        return ReadResult.Events;
    }

    public override ValueTask DisposeAsync()
    {
        _handle?.Dispose();
        _next?.Dispose();
        return base.DisposeAsync();
    }

    private bool TryRead(EventBatch batch)
    {
        if (_position == 0)
        {
            // A file that was empty or short when it was opened is known by its first bytes only now.
            _identity = FileIdentity.Of(Handle);
        }

        for (var size = context.WholeDocuments ? DocumentSize() : BlockSize; ; size = Math.Min(size * 2, maxEvent + 2))
        {
            var block = batch.Reserve(size)[..size];
            var length = ReadFully(block);
            var atEnd = length < size;
            var usable = context.WholeDocuments ? WholeDocument(length, atEnd) : LastLine(block[..length], atEnd);
            if (usable > 0)
            {
                AddEvents(batch, usable);
                return true;
            }

            if (size > maxEvent && length > maxEvent)
            {
                return TryAddOversize(batch);
            }

            if (atEnd)
            {
                return false;
            }
        }
    }

    private void AddEvents(EventBatch batch, int length)
    {
        // Only now: while this read waited, the file may have become another one.
        batch.AddOrigin(Origin);
        var start = batch.Commit(length);
        var received = context.Time.GetUtcNow().Ticks;
        if (context.WholeDocuments)
        {
            batch.Add(new EventHeader { RawOffset = start, RawLength = length, Offset = _position, Received = received });
        }
        else
        {
            LineFraming.Add(batch, start, length, _position, received, maxEvent);
        }

        _position += length;
    }

    // 0: nothing usable yet; at the end of a file that may still grow, an unfinished line waits for its end.
    private int LastLine(ReadOnlySpan<byte> block, bool atEnd) =>
        atEnd && !MayGrow && block.Length <= maxEvent ? block.Length : block.LastIndexOf((byte)'\n') + 1;

    // One more than the file has, so that a read tells that it is all.
    private int DocumentSize() => (int)Math.Clamp(RandomAccess.GetLength(Handle) - _position + 1, 1, maxEvent + 1L);

    private static int WholeDocument(int length, bool atEnd) => atEnd ? length : -1;

    private int ReadFully(Span<byte> block)
    {
        var length = 0;
        while (length < block.Length && RandomAccess.Read(Handle, block[length..], _position + length) is var read and > 0)
        {
            length += read;
        }

        return length;
    }

    private bool TryAddOversize(EventBatch batch)
    {
        var line = OversizeLine.Read(Handle, _position, context.WholeDocuments);
        if (!line.HasEnd && MayGrow)
        {
            return false;
        }

        batch.AddOrigin(Origin);
        var start = batch.Append(line.Kept);
        var row = batch.Add(new EventHeader { RawOffset = start, RawLength = line.Kept.Length, Offset = _position, Received = context.Time.GetUtcNow().Ticks });
        batch.Step = -1;
        batch.Fail(row, line.Reason(maxEvent));
        _position += line.Length;
        return true;
    }

    private bool TryFollowRotation()
    {
        if (_next is not null)
        {
            // The old file has been read to its very end, the unfinished last line included.
            Handle.Dispose();
            (_handle, _next, _position) = (_next, null, 0);
            _identity = FileIdentity.Of(Handle);
            return true;
        }

        if (RandomAccess.GetLength(Handle) < _position)
        {
            // Truncated in place: what follows is a new log.
            (_position, _identity) = (0, FileIdentity.Of(Handle));
            return true;
        }

        if (!File.Exists(path))
        {
            return false;
        }

        var now = OpenFile();
        if (FileIdentity.Of(now).Node == _identity!.Node)
        {
            now.Dispose();
            return false;
        }

        _next = now;
        return true;
    }

    private SafeFileHandle OpenFile() =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
}
