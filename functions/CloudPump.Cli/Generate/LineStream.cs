using CloudPump.Connectors.Generate;
using CloudPump.Events;

namespace CloudPump.Cli.Generate;

/// <summary>Writes the lines of a sample generator to a stream, as fast as it takes them or at a rate.</summary>
internal sealed class LineStream(ISampleGenerator generator, Stream output, TimeProvider time, Action<long> progress)
{
    private const int BlockLines = 4096;
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(10);
    private readonly ByteBuffer[] _blocks = [new ByteBuffer(1 << 20), new ByteBuffer(1 << 20)];

    /// <summary>Writes so many lines; event times are made up, so the same seed gives the same bytes.</summary>
    public async Task WriteAsync(long count, CancellationToken cancellationToken)
    {
        // One block is written while the next one is made.
        var writing = Task.CompletedTask;
        for (var at = 0L; at < count; at += BlockLines)
        {
            var block = _blocks[at / BlockLines % 2];
            Fill(block, at, Math.Min(count, at + BlockLines), null);
            await writing;
            writing = Task.Run(() => output.WriteAsync(block.WrittenMemory, cancellationToken).AsTask(), cancellationToken);
            progress(Math.Min(count, at + BlockLines));
        }

        await writing;
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>Writes lines at a rate with the present as event time; no count means for ever.</summary>
    public async Task WriteAsync(long count, double perSecond, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var last = count == 0 ? long.MaxValue : count;
        var wait = TimeSpan.FromSeconds(Math.Min(1 / perSecond, TimeSpan.FromDays(1).TotalSeconds));
        for (var at = 0L; at < last;)
        {
            var due = Math.Min(Math.Min(last, at + BlockLines), (long)(time.GetElapsedTime(started).TotalSeconds * perSecond) + 1);
            if (due <= at)
            {
                await Task.Delay(wait < LeastWait ? LeastWait : wait, time, cancellationToken);
                continue;
            }

            Fill(_blocks[0], at, due, time.GetUtcNow());
            await output.WriteAsync(_blocks[0].WrittenMemory, cancellationToken);
            await output.FlushAsync(cancellationToken);
            progress(at = due);
        }
    }

    private void Fill(ByteBuffer block, long first, long last, DateTimeOffset? now)
    {
        block.Clear();
        for (var number = first; number < last; number++)
        {
            generator.Write(number, now ?? SampleTime.Of(number), block);
            block.WriteByte((byte)'\n');
        }
    }
}
