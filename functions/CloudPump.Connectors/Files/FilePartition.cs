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
    private FileIdentity? _identity;
    private long _position;

    public override string Name => "file:" + path;

    public override Origin Origin => new(string.Create(CultureInfo.InvariantCulture, $"{Name}#{_identity?.HeadHash ?? 0:x16}"), 0);

    public override string Identity => _identity?.Text ?? "";

    private SafeFileHandle Handle => _handle ?? throw new InvalidOperationException("The file is not open.");

    public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken)
    {
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
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
        return ReadResult.Events;
    }

    public override ValueTask DisposeAsync()
    {
        _handle?.Dispose();
        return base.DisposeAsync();
    }

    private bool TryRead(EventBatch batch)
    {
        batch.AddOrigin(Origin);
        for (var size = context.WholeDocuments ? maxEvent + 1 : BlockSize; ; size = Math.Min(size * 2, maxEvent + 2))
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

            // A last line that is too long and has no end must not pass for the end of the file.
            var isOversizeEnd = atEnd && length > maxEvent && !context.Follow;
            if (atEnd && usable == 0 && !isOversizeEnd)
            {
                return false;
            }

            if (size > maxEvent || isOversizeEnd)
            {
                AddOversize(batch);
                return true;
            }
        }
    }

    private void AddEvents(EventBatch batch, int length)
    {
        var start = batch.Commit(length);
        var received = context.Time.GetUtcNow().Ticks;
        if (context.WholeDocuments)
        {
            batch.Add(new EventHeader { RawOffset = start, RawLength = length, Offset = _position, Received = received });
        }
        else
        {
            LineFraming.Add(batch, start, length, _position, received);
        }

        _position += length;
    }

    // 0: nothing usable yet; at the end of a file that is followed, an unfinished line waits for its end.
    private int LastLine(ReadOnlySpan<byte> block, bool atEnd) =>
        atEnd && !context.Follow && block.Length <= maxEvent ? block.Length : block.LastIndexOf((byte)'\n') + 1;

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

    private void AddOversize(EventBatch batch)
    {
        var line = OversizeLine.Read(Handle, _position, context.WholeDocuments);
        var start = batch.Append(line.Kept);
        var row = batch.Add(new EventHeader { RawOffset = start, RawLength = line.Kept.Length, Offset = _position, Received = context.Time.GetUtcNow().Ticks });
        batch.Step = -1;
        batch.Fail(row, line.Reason(maxEvent));
        _position += line.Length;
    }

    private bool TryFollowRotation()
    {
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

        var now = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        var identity = FileIdentity.Of(now);
        if (identity.Node == _identity!.Node)
        {
            now.Dispose();
            return false;
        }

        Handle.Dispose();
        (_handle, _identity, _position) = (now, identity, 0);
        return true;
    }
}
