using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>
/// The state of one shard of a time window: the panes that open windows need, and up to where windows have been closed. Windows close in the order of their ends, each
/// with its keys in order.
/// </summary>
internal sealed class WindowState(WindowPlan plan) : IShardState
{
    private readonly WindowSet _panes = new(plan.Measures);
    private readonly WindowResults _results = new(plan);
    private readonly WindowJoin _join = new(plan);
    private readonly WindowFindings? _findings = plan.Detect.Count > 0 ? new WindowFindings(plan) : null;
    private readonly EarlyResults? _early = plan.Early is null ? null : new EarlyResults(plan, plan.Early);
    private readonly int _maxKeys = plan.Analyzer.MaxKeys;
    private GroupTable? _discarded;
    private GroupTable? _gone;
    private GroupTable? _spare;
    private ByteBuffer? _scratch;
    private long _closedThrough = long.MinValue;

    // The last pane that was emptied early; what comes for it or those before it is not all there was.
    private long _emptiedThrough = long.MinValue;

    /// <inheritdoc/>
    public long ClosedEarly { get; private set; }

    /// <inheritdoc/>
    public long Apply(ReadOnlySpan<byte> piece)
    {
        var input = new ByteReader(piece);
        var late = 0L;
        var count = input.Count();
        if (count == 0)
        {
            _early?.Wake();
        }

        for (var panes = count; panes > 0; panes--)
        {
            var start = input.Signed();
            if (plan.LastWindowOf(start) + plan.Size > _closedThrough)
            {
                var pane = _panes.At(start);
                pane.PartialFrom = pane.Count == 0 && start <= _emptiedThrough ? 0 : pane.PartialFrom;
                _early?.Touch(start, pane);
                pane.Merge(ref input);
            }
            else
            {
                // Closed while its partition was silent: the events are read over and counted.
                _discarded ??= new GroupTable(plan.Measures);
                late += _discarded.Merge(ref input);
                _discarded.Clear();
            }
        }

        return late;
    }

    /// <inheritdoc/>
    public void Close(long mark, ResultBatch results)
    {
        _early?.OnCondition(_panes, _results, results);
        for (var start = NextWindow(); !_panes.IsEmpty && IsPassed(start, mark); start = NextWindow())
        {
            CloseWindow(start, results);
        }

        if (mark != long.MaxValue)
        {
            _findings?.CloseEmpty(mark < plan.Size ? 0 : mark - plan.Size + 1, results);
            _closedThrough = Math.Max(_closedThrough, mark);
            _early?.OnTime(mark, _panes, _join, _results, results);
        }

        CloseSmallest(results);
    }

    /// <inheritdoc/>
    public void Save(ByteBuffer output)
    {
        output.WriteSigned(_closedThrough);
        output.WriteSigned(_emptiedThrough);
        if (!WindowPiece.Write(_panes, 0, 1, output))
        {
            output.WriteVarint(0);
        }

        foreach (var pane in _panes.Panes.Values)
        {
            output.WriteVarint((ulong)pane.PartialFrom);
        }

        _early?.Save(_panes, output);
        _findings?.Save(output);
    }

    /// <inheritdoc/>
    public void Load(ref ByteReader input)
    {
        (_closedThrough, _emptiedThrough) = (input.Signed(), input.Signed());
        for (var panes = input.Count(); panes > 0; panes--)
        {
            _panes.At(input.Signed()).Merge(ref input);
        }

        foreach (var pane in _panes.Panes.Values)
        {
            pane.PartialFrom = input.Count();
        }

        _early?.Load(_panes, ref input);
        _findings?.Load(ref input);
    }

    // A partition without a watermark yet has the smallest number as one, so nothing may be taken from it.
    private bool IsPassed(long start, long mark) => mark >= plan.Size && start <= mark - plan.Size;

    // The first open window that has events; far away when there is none.
    private long NextWindow()
    {
        if (_panes.IsEmpty)
        {
            return long.MaxValue;
        }

        var first = plan.FirstWindowOf(_panes.First);
        var closed = _closedThrough == long.MinValue ? -1 : _closedThrough - plan.Size;
        return closed < first ? first : (closed / plan.Every * plan.Every) + plan.Every;
    }

    private void CloseWindow(long start, ResultBatch results)
    {
        var window = _join.Of(start, _panes);
        if (window.Count > 0)
        {
            window.PartialFrom = plan.Overlap && start <= _emptiedThrough ? 0 : window.PartialFrom;
            _findings?.CloseEmpty(start, results);
            _results.Add(results, start, window, _findings);
            _findings?.Close(start, results);
        }

        _closedThrough = Math.Max(_closedThrough, start + plan.Size);
        while (_panes.First < start + plan.Every)
        {
            _panes.Remove(_panes.First);
        }
    }

    // When there are too many keys, those with the fewest events of the oldest pane are told as far as they are known, and go; a tenth at once.
    private void CloseSmallest(ResultBatch results)
    {
        for (var excess = _panes.Groups - _maxKeys; excess > 0; excess = _panes.Groups - _maxKeys)
        {
            var start = _panes.First;
            var pane = _panes.At(start);
            var (gone, kept, scratch) = (_gone ??= new(plan.Measures), _spare ?? new GroupTable(plan.Measures), _scratch ??= new ByteBuffer());
            pane.Part((int)Math.Min(pane.Count, excess + (_maxKeys / 10)), gone, kept, scratch);
            for (var window = plan.FirstWindowOf(start); window <= plan.LastWindowOf(start); window += plan.Every)
            {
                if (window + plan.Size > _closedThrough)
                {
                    _results.Add(results, window, gone, null, isPartial: true);
                }
            }

            ClosedEarly += gone.Count;
            _panes.Replace(start, kept);
            gone.Clear();
            pane.Clear();
            _spare = pane;
            if (kept.Count == 0)
            {
                _panes.Remove(start);
                _emptiedThrough = Math.Max(_emptiedThrough, start);
            }
        }
    }
}
