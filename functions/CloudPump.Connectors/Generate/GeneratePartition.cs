using System.Globalization;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Connectors.Generate;

/// <summary>Sample events; the position is the number of the next one.</summary>
internal sealed class GeneratePartition(ISampleGenerator generator, long count, double? rate, double speed, long seed, TimeProvider time) : SourcePartition
{
    private const int BatchSize = 300;
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(5);
    private readonly ByteBuffer _line = new(1024);
    private readonly long _started = time.GetTimestamp();
    private readonly DateTimeOffset _startTime = time.GetUtcNow();
    private long _position;
    private long _first;

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"generate:{generator.Name}:{seed}");

    public override Origin Origin => new(Name, 0);

    public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken)
    {
        _position = _first = progress?.Position ?? 0;
        return ValueTask.CompletedTask;
    }

    public override async ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (_position >= count)
        {
            return ReadResult.End;
        }

        var due = await WaitAsync(cancellationToken);
        batch.AddOrigin(Origin);
        for (var last = Math.Min(count, _position + Math.Min(due, BatchSize)); _position < last; _position++)
        {
            _line.Clear();
            generator.Write(_position, TimeOf(_position), _line);
            var start = batch.Append(_line.Written);
            batch.Add(new EventHeader { RawOffset = start, RawLength = _line.Length, Offset = _position, Received = time.GetUtcNow().Ticks });
        }

        batch.NextOffset = _position;
        return ReadResult.Events;
    }

    private DateTimeOffset TimeOf(long number) => rate is { } perSecond ? _startTime.AddSeconds((number - _first) / perSecond * speed) : SampleTime.Of(number);

    private async ValueTask<long> WaitAsync(CancellationToken cancellationToken)
    {
        if (rate is not { } perSecond)
        {
            return BatchSize;
        }

        while (true)
        {
            var due = (long)(time.GetElapsedTime(_started).TotalSeconds * perSecond) + _first - _position;
            if (due > 0)
            {
                return due;
            }

            var wait = TimeSpan.FromSeconds(1 / perSecond);
            await Task.Delay(wait < LeastWait ? LeastWait : wait, time, cancellationToken);
        }
    }
}
