using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>The half of an analyzer that runs in the pipeline, as far as all of them are alike: event time, watermarks, and late events.</summary>
internal abstract class TimedStep : AnalyzerStep
{
    private readonly List<Partition> _partitions = [];
    private readonly long _lateness;
    private readonly bool _byTimeReceived;
    private readonly Outlet? _late;
    private EventInput _time;

    protected TimedStep(AnalyzerDefinition definition, BuildContext context)
    {
        _lateness = definition.Lateness.Ticks;
        _byTimeReceived = definition.Time.Text == AnalyzerDefinition.Now;
        _time = new EventInput(definition.Time.Compile(context));
        _late = definition.Late is { } late ? context.Outlet(OutletKind.Topic, late.To, context.NextLane("late")) : null;
    }

    /// <inheritdoc/>
    public override void AddPartition(long top, bool holdsTimeBack = true)
    {
        var partition = new Partition(holdsTimeBack);
        if (top != NoTime)
        {
            partition.See(top, _lateness);
        }

        _partitions.Add(partition);
    }

    /// <inheritdoc/>
    public override long Top(int partition) => _partitions[partition].Top;

    /// <inheritdoc/>
    public override void Process(EventBatch batch)
    {
        var partition = _partitions[batch.Partition];
        Begin(batch.Partition);
        foreach (var row in batch.Rows)
        {
            var slot = _time.Slot(batch, row);
            if (slot.Kind == FieldKind.Timestamp)
            {
                Add(partition, slot.Value, batch, row);
            }
            else if (TryTime(batch, row, out var time))
            {
                Add(partition, time, batch, row);
            }
        }
    }

    /// <summary>The events to come are of this partition.</summary>
    protected abstract void Begin(int partition);

    /// <summary>Takes an event that is not late; false when it failed and is not to be counted as seen.</summary>
    protected abstract bool Take(long time, EventBatch batch, int row);

    private bool TryTime(EventBatch batch, int row, out long time)
    {
        if (_byTimeReceived)
        {
            time = batch.Header(row).Received;
            return true;
        }

        var value = _time.Evaluate(batch, row);
        time = value.Ticks;
        if (value.Kind == ValueKind.Timestamp || (value.Kind == ValueKind.String && TimestampText.TryParse(value.Bytes, out time, out _)))
        {
            return true;
        }

        batch.Fail(row, value.Kind switch
        {
            ValueKind.Error => $"The event time cannot be told: {value.Reason}",
            ValueKind.String => "The event time is a text that is no RFC 3339 timestamp.",
            _ => $"The event time is no timestamp but of the type {value.Kind}.",
        });
        return false;
    }

    private void Add(Partition partition, long time, EventBatch batch, int row)
    {
        // Late is local: only what this partition has shown decides, so that it never depends on how partitions interleave.
        if (time < partition.Mark)
        {
            Late++;
            _late?.Add(batch, row);
        }
        else if (Take(time, batch, row))
        {
            partition.See(time, _lateness);
        }
    }

    private sealed class Partition(bool holdsTimeBack)
    {
        /// <summary>The largest event time seen.</summary>
        public long Top { get; private set; } = NoTime;

        /// <summary>What is older than this is late.</summary>
        public long Mark { get; private set; } = NoTime;

        public void See(long time, long lateness)
        {
            if (time > Top)
            {
                Top = time;
                Mark = holdsTimeBack ? time - lateness : NoTime;
            }
        }
    }
}
