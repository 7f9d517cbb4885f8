using CloudPump.Events;

namespace CloudPump.Analyzers;

/// <summary>
/// One shard of an analyzer, the same on every host: it applies the pieces of each source partition strictly by number, keeps every partition's watermark,
/// and closes what the smallest of them has passed. Applying a piece again changes nothing.
/// </summary>
public sealed class AnalyzerShard(IShardState state)
{
    private const byte Version = 3;
    private readonly SortedDictionary<string, Partition> _partitions = new(StringComparer.Ordinal);
    private ResultBatch? _results;
    private long _closed = long.MinValue;
    private bool _applied;
    private long _closedEarlyTaken;

    /// <summary>The number that the next result will have.</summary>
    public long NextResult { get; private set; }

    /// <summary>
    /// The watermarks that were closed with since the last piece was applied; null when none was. A host that keeps pieces keeps these with the next one, so that
    /// <see cref="Replay"/> can go the same way again.
    /// </summary>
    public Closings? Closings { get; private set; }

    /// <summary>Makes a source partition known, or awake again: it holds time back from now on.</summary>
    public void AddPartition(string name) => Known(name).Silent = false;

    /// <summary>Whether a source partition was made known before.</summary>
    public bool Knows(string partition) => _partitions.ContainsKey(partition);

    /// <summary>Leaves a piece out that cannot be read: the next one may come. Results may lack what was in it.</summary>
    public void Skip(string partition, long number, long mark)
    {
        Known(partition).Applied = Math.Max(Known(partition).Applied, number);
        (_applied, Closings) = (true, null);
        Move(partition, mark);
    }

    /// <summary>The number of the piece that the shard needs next from a partition.</summary>
    public long NextPiece(string partition) => _partitions.TryGetValue(partition, out var p) ? p.Applied + 1 : 1;

    /// <summary>Applies a piece when it is the next one of its partition; a repeated one is ignored.</summary>
    /// <returns>How many events came too late because what they belong to was closed while partitions were idle.</returns>
    public long Apply(string partition, long number, long mark, ReadOnlySpan<byte> piece)
    {
        var known = Known(partition);
        if (number <= known.Applied)
        {
            return 0;
        }

        if (number != known.Applied + 1)
        {
            throw new InvalidOperationException($"Piece {number} of '{partition}' came while {known.Applied + 1} is missing; the host must give pieces in order.");
        }

        known.Applied = number;
        (_applied, Closings) = (true, null);
        var late = state.Apply(piece);
        Move(partition, mark);
        return late;
    }

    /// <summary>Applies a piece that was applied before the shard was saved: what was emitted in between is not emitted again.</summary>
    public void Replay(string partition, long number, long mark, ReadOnlySpan<byte> piece, Closings? closings, TimeProvider time)
    {
        CloseSilently(closings, time);
        Apply(partition, number, mark, piece);
    }

    /// <summary>
    /// Moves a partition's watermark, once all its pieces up to there are applied. A partition that moves is not silent, unless it has no
    /// watermark at all (replayed dead letters): such a one never holds time back.
    /// </summary>
    public void Move(string partition, long mark)
    {
        var known = Known(partition);
        known.Mark = Math.Max(known.Mark, mark);
        known.Silent = mark == AnalyzerStep.NoTime;
    }

    /// <summary>Notes that a partition is idle or has ended: it holds time back no longer, until it moves again.</summary>
    public void Silence(string partition) => Known(partition).Silent = true;

    /// <summary>
    /// Closes what the watermarks have passed; when every partition is silent, everything that is open.
    /// </summary>
    /// <param name="origin">The shard, for the results' ids.</param>
    /// <param name="time">The clock, for the time received.</param>
    /// <param name="emit">Takes the results, many at a time; what it gets is valid during the call.</param>
    public void Close(Origin origin, TimeProvider time, Action<ResultBatch> emit)
    {
        var mark = long.MaxValue;
        foreach (var partition in _partitions.Values)
        {
            mark = partition.Silent ? mark : Math.Min(mark, partition.Mark);
        }

        if (mark <= _closed && !_applied)
        {
            return;
        }

        var results = _results ??= new ResultBatch(time);
        results.Begin(origin, NextResult, emit);
        state.Close(mark, results);
        results.Flush();
        NextResult = results.Next;
        Closings = Analyzers.Closings.Add(Closings, mark);
        _closed = mark == long.MaxValue ? _closed : Math.Max(_closed, mark);
        _applied = false;
    }

    /// <summary>Hands out what the shard holds, when its kind can be looked at; false when it cannot.</summary>
    public bool TryRead(Origin origin, TimeProvider time, Action<ResultBatch> take)
    {
        if (state is not IReadableState readable)
        {
            return false;
        }

        var results = new ResultBatch(time);
        results.Begin(origin, 0, take);
        readable.Read(results);
        results.Flush();
        return true;
    }

    /// <summary>Takes the count of keys that were closed before their time because there were too many.</summary>
    public long TakeClosedEarly()
    {
        var count = state.ClosedEarly - _closedEarlyTaken;
        _closedEarlyTaken = state.ClosedEarly;
        return count;
    }

    /// <summary>Notes that only these partitions exist any more; others hold time back no longer.</summary>
    public void Retain(IReadOnlySet<string> partitions)
    {
        foreach (var (name, partition) in _partitions)
        {
            partition.Silent |= !partitions.Contains(name);
        }
    }

    /// <summary>Writes the shard's whole state.</summary>
    public void Save(ByteBuffer output)
    {
        SaveHead(output);
        state.Save(output);
    }

    /// <summary>
    /// Writes only what changes with every commit and is small: numbers, watermarks, and up to where was closed. A host that keeps the pieces
    /// since the last <see cref="Save"/> needs no more than this.
    /// </summary>
    public void SaveHead(ByteBuffer output)
    {
        output.WriteByte(Version);
        output.WriteSigned(NextResult);
        output.WriteSigned(_closed);
        Analyzers.Closings.Write(Closings, output);
        output.WriteVarint((ulong)_partitions.Count);
        foreach (var (name, partition) in _partitions)
        {
            output.WriteText(name);
            output.WriteSigned(partition.Applied);
            output.WriteSigned(partition.Mark);
            output.WriteByte((byte)(partition.Silent ? 1 : 0));
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into a new shard.</summary>
    /// <exception cref="InvalidDataException">The state is damaged or of another version.</exception>
    public void Load(ReadOnlySpan<byte> saved)
    {
        var input = new ByteReader(saved);
        LoadHead(ref input);
        state.Load(ref input);
    }

    /// <summary>
    /// Catches up with a head that is newer than the loaded state, once the pieces between the two have been replayed: what was emitted before is not
    /// emitted again.
    /// </summary>
    /// <exception cref="InvalidDataException">The head is damaged or of another version.</exception>
    public void CatchUp(ReadOnlySpan<byte> head, TimeProvider time)
    {
        var input = new ByteReader(head);
        LoadHead(ref input);
        CloseSilently(Closings, time);
    }

    private void CloseSilently(Closings? closings, TimeProvider time)
    {
        if (closings is not var (first, largest, everything))
        {
            return;
        }

        var dropped = _results ??= new ResultBatch(time);
        dropped.Begin(default, 0);
        state.Close(first, dropped);
        state.Close(largest, dropped);
        if (everything)
        {
            state.Close(long.MaxValue, dropped);
        }

        TakeClosedEarly();
        _applied = false;
    }

    private Partition Known(string name)
    {
        if (!_partitions.TryGetValue(name, out var partition))
        {
            partition = new Partition();
            _partitions.Add(name, partition);
        }

        return partition;
    }

    private void LoadHead(ref ByteReader input)
    {
        var version = input.Byte();
        if (version != Version)
        {
            throw new InvalidDataException($"The analyzer's state has version {version}; this CloudPump reads version {Version}.");
        }

        NextResult = input.Signed();
        _closed = input.Signed();
        Closings = Analyzers.Closings.Read(ref input);
        for (var count = input.Count(); count > 0; count--)
        {
            _partitions[input.Text()] = new Partition { Applied = input.Signed(), Mark = input.Signed(), Silent = input.Byte() != 0 };
        }
    }

    private sealed class Partition
    {
        public long Applied { get; set; }

        public long Mark { get; set; } = long.MinValue;

        public bool Silent { get; set; }
    }
}
