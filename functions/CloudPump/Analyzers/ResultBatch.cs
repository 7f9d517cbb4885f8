using CloudPump.Events;

namespace CloudPump.Analyzers;

/// <summary>The results of a shard as events, numbered in the order in which they were emitted: (shard, result number) is their id.</summary>
public sealed class ResultBatch
{
    private const int BlockSize = 32 << 10;
    private const int Full = 1_024;
    private readonly EventBlockWriter _writer;
    private readonly TimeProvider _time;
    private Origin _origin;
    private Action<ResultBatch>? _emit;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="time">The clock, for the time received.</param>
    public ResultBatch(TimeProvider time)
    {
        _time = time;
        Events = new EventBatch(new FieldTable());
        _writer = new EventBlockWriter(Events.Fields);
    }

    /// <summary>Empties the batch; the next result gets this number.</summary>
    /// <param name="origin">The shard.</param>
    /// <param name="next">The number.</param>
    /// <param name="emit">Takes the results whenever there are many, so that memory stays flat, and at <see cref="Flush"/>; null drops them.</param>
    public void Begin(Origin origin, long next, Action<ResultBatch>? emit = null)
    {
        (_origin, Next, _emit) = (origin, next, emit);
        Empty();
    }

    /// <summary>Hands out what there is.</summary>
    public void Flush()
    {
        if (Count > 0)
        {
            _emit?.Invoke(this);
            Empty();
        }
    }

    /// <summary>The number of the next result.</summary>
    public long Next { get; private set; }

    /// <summary>How many results there are.</summary>
    public int Count => Events.RowCount;

    /// <summary>The results.</summary>
    public EventBatch Events { get; }

    /// <summary>Adds a result; returns its row in <see cref="Events"/>. Rows of earlier results may be gone by then.</summary>
    public int Add()
    {
        if (Count == Full)
        {
            Flush();
        }

        return Events.Add(new EventHeader { Offset = Next++, Received = _time.GetUtcNow().Ticks, RawLength = -1 });
    }

    /// <summary>Marks a result as one that may lack something: its field `partial` is true.</summary>
    public void MarkPartial(int row) => Events.SetBool(row, Events.Fields.Id("partial"), true);

    /// <summary>Takes the result that was added last back.</summary>
    public void TakeBack()
    {
        Events.TakeBackFrom(Events.RowCount - 1);
        Next--;
    }

    /// <summary>Hands the results out as blocks of a size that batches like.</summary>
    public void ToBlocks(BlockTaker take)
    {
        _writer.Clear();
        for (var row = 0; row < Count; row++)
        {
            _writer.Add(Events, row);
            if (_writer.Length >= BlockSize || row == Count - 1)
            {
                take(_writer.Count, _writer.Finish(_origin));
                _writer.Clear();
            }
        }
    }

    private void Empty()
    {
        Events.Clear();
        Events.AddOrigin(_origin);
    }
}
