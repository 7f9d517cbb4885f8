using System.Runtime.CompilerServices;

namespace CloudPump.Events;

/// <summary>
/// Events that travel together: one arena of bytes, and per event a row of slots in the order in which the fields were set.
/// A batch is filled by a source, worked on by the processors, written by the sink, and then cleared and used again; it is used by one
/// thread at a time. Spans into the arena are valid until the next call that appends to it.
/// </summary>
public sealed partial class EventBatch
{
    /// <summary>How many fields a parser may give one event. A row has room for the fields of the widest event, so one hostile event must not widen them all.</summary>
    public const int MaxFields = 1_000;

    private const int InitialRows = 32;
    private const int InitialStride = 16;
    private const int KeptSlots = 1 << 18;
    private readonly List<Failure> _failures = [];
    private readonly List<Origin> _origins = [];
    private readonly List<Hop> _hops = [];
    private EventHeader[] _headers = new EventHeader[InitialRows];
    private Removal[] _removals = new Removal[InitialRows];
    private int[] _selection = new int[InitialRows];
    private int _selected;
    private bool _anyRemoved;

    /// <summary>Makes an empty batch whose field names are those of <paramref name="fields"/>.</summary>
    public EventBatch(FieldTable fields)
    {
        Fields = fields;
        _ids = new ushort[InitialRows * _stride];
        _slots = new Slot[InitialRows * _stride];
    }

    /// <summary>The names behind the field ids.</summary>
    public FieldTable Fields { get; }

    /// <summary>How many rows there are, removed ones included.</summary>
    public int RowCount { get; private set; }

    /// <summary>The rows of the events that are still in the batch, in order.</summary>
    public ReadOnlySpan<int> Rows => _selection.AsSpan(0, _selected);

    /// <summary>What failed since the batch was filled.</summary>
    public IReadOnlyList<Failure> Failures => _failures;

    /// <summary>The source partitions that the events of this batch come from.</summary>
    public IReadOnlyList<Origin> Origins => _origins;

    /// <summary>The ways that the events of this batch have come; empty where no transport repeats events.</summary>
    public IReadOnlyList<Hop> Hops => _hops;

    /// <summary>The source's position after this batch: what is committed once everything of the batch is accepted.</summary>
    public long NextOffset { get; set; }

    /// <summary>The identity of the input that <see cref="NextOffset"/> is a position in; null when the partition has only one.</summary>
    public string? Identity { get; set; }

    /// <summary>Which of the pipeline's source partitions the batch was read from: the index under which the host opened it.</summary>
    public int Partition { get; set; }

    /// <summary>Index of the processor that the runner is at; failures are noted under it.</summary>
    public int Step { get; set; }

    /// <summary>How many slots the batch has room for.</summary>
    internal int Capacity => _slots.Length;

    /// <summary>How many events left for <paramref name="reason"/> so far.</summary>
    public int Removed(Removal reason) => _removedCounts[(int)reason];

    private readonly int[] _removedCounts = new int[5];

    /// <summary>Empties the batch, keeps its memory.</summary>
    public void Clear()
    {
        RowCount = 0;
        _selected = 0;
        _anyRemoved = false;
        _failures.Clear();
        _origins.Clear();
        _hops.Clear();
        Array.Clear(_removedCounts);
        Step = 0;
        Identity = null;
        ClearArena();
        ClearRows();
    }

    /// <summary>Names a source partition for the events to come; returns its index for <see cref="EventHeader.Origin"/>.</summary>
    public int AddOrigin(Origin origin)
    {
        var index = _origins.IndexOf(origin);
        if (index >= 0)
        {
            return index;
        }

        _origins.Add(origin);
        return _origins.Count - 1;
    }

    /// <summary>Names the way of the events to come; returns its index for <see cref="EventHeader.Hop"/>.</summary>
    public int AddHop(Hop hop)
    {
        var index = _hops.IndexOf(hop);
        if (index >= 0)
        {
            return index;
        }

        _hops.Add(hop);
        return _hops.Count - 1;
    }

    /// <summary>Says by which way and at which position an event came.</summary>
    public void SetHop(int row, int hop, long position) => (_headers[row].Hop, _headers[row].Position) = (hop, position);

    /// <summary>Adds an event without fields; returns its row.</summary>
    public int Add(in EventHeader header)
    {
        if (RowCount == _headers.Length)
        {
            GrowRows();
        }

        var row = RowCount++;
        _headers[row] = header;
        _counts[row] = 0;
        _removals[row] = Removal.None;
        _selection[_selected++] = row;
        return row;
    }

    /// <summary>The event's metadata.</summary>
    public ref readonly EventHeader Header(int row) => ref _headers[row];

    /// <summary>The event's original bytes; empty when it came without.</summary>
    public ReadOnlySpan<byte> Raw(int row)
    {
        ref readonly var header = ref _headers[row];
        return header.RawLength > 0 ? _arena.AsSpan(header.RawOffset, header.RawLength) : default;
    }

    /// <summary>Whether the event still is its original bytes: no parser has read them, and no field was set.</summary>
    public bool IsRaw(int row) => _counts[row] == 0 && _headers[row] is { RawLength: >= 0, Parsed: false };

    /// <summary>Notes that a parser has read the event.</summary>
    public void MarkParsed(int row) => _headers[row].Parsed = true;

    /// <summary>Gives an event that was read from a block its original bytes back; it stays parsed.</summary>
    public void RestoreRaw(int row, ReadOnlySpan<byte> raw)
    {
        var offset = Append(raw);
        ref var header = ref _headers[row];
        (header.RawOffset, header.RawLength, header.Parsed) = (offset, raw.Length, true);
    }

    /// <summary>The event's deterministic id.</summary>
    public EventId Id(int row)
    {
        ref readonly var header = ref _headers[row];
        var origin = _origins[header.Origin];
        return new EventId(origin.Stream, origin.Partition, header.Offset, header.Index);
    }

    /// <summary>Takes an event out of the batch. <see cref="Rows"/> changes only at <see cref="Compact"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(int row, Removal reason)
    {
        if (_removals[row] == Removal.None)
        {
            _removals[row] = reason;
            _removedCounts[(int)reason]++;
            _anyRemoved = true;
        }
    }

    /// <summary>Why the event has left, or <see cref="Removal.None"/>.</summary>
    public Removal RemovalOf(int row) => _removals[row];

    /// <summary>Notes that an event could not be processed, and takes it out: it will be a dead letter.</summary>
    /// <param name="row">The event.</param>
    /// <param name="reason">What happened; it must not hold values of the event.</param>
    public void Fail(int row, string reason)
    {
        if (_removals[row] == Removal.None)
        {
            _failures.Add(new Failure(row, Step, reason));
            Remove(row, Removal.Dead);
        }
    }

    /// <summary>Takes the removed events out of <see cref="Rows"/>; the runner calls it after every step.</summary>
    public void Compact()
    {
        if (!_anyRemoved)
        {
            return;
        }

        var kept = 0;
        foreach (var row in Rows)
        {
            if (_removals[row] == Removal.None)
            {
                _selection[kept++] = row;
            }
        }

        _selected = kept;
        _anyRemoved = false;
    }

    private void ClearRows()
    {
        if (_slots.Length > KeptSlots)
        {
            // Nor must one wide event keep its memory for ever.
            _stride = InitialStride;
            _ids = new ushort[_counts.Length * _stride];
            _slots = new Slot[_counts.Length * _stride];
        }
    }

    private void GrowRows()
    {
        var size = _headers.Length * 2;
        Array.Resize(ref _headers, size);
        Array.Resize(ref _removals, size);
        Array.Resize(ref _selection, size);
        Array.Resize(ref _counts, size);
        Array.Resize(ref _ids, size * _stride);
        Array.Resize(ref _slots, size * _stride);
    }
}
