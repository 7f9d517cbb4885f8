using CloudPump.Analyzers.Ordered;
using CloudPump.Events;

namespace CloudPump.Analyzers.Patterns;

/// <summary>The state of a shard of a pattern: per key the attempts that go on, in the order in which they began.</summary>
internal sealed class PatternState(Pattern pattern, PatternPlan plan) : OrderedState<PatternKey>(pattern)
{
    private readonly IReadOnlyList<PatternStep> _steps = pattern.Steps;
    private readonly int _last = pattern.Steps.FindLastIndex(s => !s.Not);
    private readonly long _within = pattern.Within.Ticks;
    private readonly MatchRow _row = new(pattern, plan);
    private readonly MatchResults _results = new(pattern);
    private readonly List<PatternAttempt> _kept = [];
    private ulong _met;
    private byte[]? _fields;

    protected override void OnEvent(PatternKey state, in PendingEvent e, ResultBatch results)
    {
        var input = new ByteReader(e.Payload);
        _met = input.Varint();
        _fields = null;
        var fields = e.Payload[^input.Rest..];
        var isTaken = Advance(state, e.Stamp.Time, fields, results);
        if (!isTaken && FirstStep(fields) is >= 0 and var first)
        {
            Begin(state, first, e.Stamp.Time, fields, results);
        }

        Schedule(state);
    }

    protected override void OnTimer(PatternKey state, long time, ResultBatch results)
    {
        while (state.Attempts.Count > 0 && state.Attempts[0].Start + _within <= time)
        {
            var attempt = state.Attempts[0];
            state.Attempts.RemoveAt(0);
            if (IsComplete(attempt))
            {
                // What must not happen has not happened.
                Match(state, attempt, time, state.Attempts, results);
            }
            else if (pattern.Timeouts)
            {
                _results.Add(results, state.Key, attempt, time, _row, timedOut: _steps[attempt.Step].Name);
            }
        }

        Schedule(state);
    }

    protected override void OnCrowded(PatternKey state, ResultBatch results)
    {
        foreach (var attempt in state.Attempts.Where(_ => pattern.Timeouts))
        {
            _results.Add(results, state.Key, attempt, state.LastSeen, _row, timedOut: _steps[attempt.Step].Name);
        }
    }

    protected override void SaveKey(PatternKey state, ByteBuffer output)
    {
        output.WriteVarint((ulong)state.NextAttempt);
        output.WriteVarint((ulong)state.Attempts.Count);
        state.Attempts.ForEach(a => a.Write(output));
    }

    protected override void LoadKey(PatternKey state, ref ByteReader input)
    {
        state.NextAttempt = (long)input.Varint();
        for (var count = input.Items(); count > 0; count--)
        {
            state.Attempts.Add(PatternAttempt.Read(ref input, _steps.Count, _results.Sums));
        }
    }

    // Whether a match has taken the event for itself.
    private bool Advance(PatternKey state, long time, ReadOnlySpan<byte> fields, ResultBatch results)
    {
        _kept.Clear();
        var matched = -1L;
        foreach (var attempt in state.Attempts)
        {
            if (attempt.Id == matched || IsForbidden(attempt, fields))
            {
                continue;
            }

            var loops = attempt.Count(attempt.Step) < _steps[attempt.Step].Most && Meets(attempt.Step, attempt, fields);
            var next = NextStep(attempt, fields);
            var branch = next < 0 ? null : loops ? attempt.Branch() : attempt;
            if (branch is null && !loops && pattern.Strict)
            {
                continue;
            }

            if (!(loops && Take(state, attempt, attempt.Step, time, fields, results)))
            {
                if (loops || branch is null)
                {
                    _kept.Add(attempt);
                }

                if (branch is null || !Take(state, branch, next, time, fields, results))
                {
                    if (branch is not null)
                    {
                        _kept.Add(branch);
                    }

                    continue;
                }
            }

            if (pattern.Skip == SkipStrategy.PastLast)
            {
                return true;
            }

            matched = pattern.Skip == SkipStrategy.ToNext ? attempt.Id : matched;
            _kept.RemoveAll(a => a.Id == matched);
        }

        state.Attempts.Clear();
        state.Attempts.AddRange(_kept);
        return false;
    }

    private void Begin(PatternKey state, int step, long time, ReadOnlySpan<byte> fields, ResultBatch results)
    {
        if (state.Attempts.Count >= pattern.MaxAttempts)
        {
            CountClosedEarly();
            return;
        }

        var attempt = new PatternAttempt(state.NextAttempt++, time, _steps.Count, _results.Sums);
        if (!Take(state, attempt, step, time, fields, results))
        {
            state.Attempts.Add(attempt);
        }
    }

    // Gives an event to a step; true when that was the match.
    private bool Take(PatternKey state, PatternAttempt attempt, int step, long time, ReadOnlySpan<byte> fields, ResultBatch results)
    {
        attempt.Take(step, time, _fields ??= fields.ToArray());
        _results.Accumulate(attempt, step, _row);
        if (!IsComplete(attempt) || _last != _steps.Count - 1)
        {
            return false;
        }

        Match(state, attempt, time, [], results);
        return true;
    }

    private void Match(PatternKey state, PatternAttempt attempt, long time, List<PatternAttempt> others, ResultBatch results)
    {
        _results.Add(results, state.Key, attempt, time, _row, timedOut: null);
        if (pattern.Skip == SkipStrategy.PastLast)
        {
            state.Attempts.Clear();
        }
        else if (pattern.Skip == SkipStrategy.ToNext)
        {
            others.RemoveAll(a => a.Id == attempt.Id);
        }
    }

    private bool IsComplete(PatternAttempt attempt) => attempt.Step == _last && attempt.Count(_last) >= _steps[_last].Least;

    private bool IsForbidden(PatternAttempt attempt, ReadOnlySpan<byte> fields)
    {
        if (attempt.Count(attempt.Step) < _steps[attempt.Step].Least)
        {
            return false;
        }

        for (var s = attempt.Step + 1; s < _steps.Count && _steps[s].Not; s++)
        {
            if (Meets(s, attempt, fields))
            {
                return true;
            }
        }

        return false;
    }

    private int NextStep(PatternAttempt attempt, ReadOnlySpan<byte> fields) =>
        attempt.Count(attempt.Step) < _steps[attempt.Step].Least ? -1 : StepFrom(attempt.Step + 1, attempt, fields);

    private int FirstStep(ReadOnlySpan<byte> fields) => StepFrom(0, null, fields);

    // The first step from here on that takes the event, when those before it may be left out.
    private int StepFrom(int step, PatternAttempt? attempt, ReadOnlySpan<byte> fields)
    {
        for (; step < _steps.Count; step++)
        {
            if (!_steps[step].Not && Meets(step, attempt, fields))
            {
                return step;
            }

            if (!_steps[step].Not && !_steps[step].Optional)
            {
                break;
            }
        }

        return -1;
    }

    private bool Meets(int step, PatternAttempt? attempt, ReadOnlySpan<byte> fields) =>
        plan.IsLocal[step] ? (_met >> step & 1) != 0 : _row.Meets(step, attempt, fields);

    private void Schedule(PatternKey state)
    {
        if (state.Attempts.Count == 0)
        {
            Forget(state);
        }
        else
        {
            SetTimer(state, state.Attempts[0].Start + _within);
        }
    }
}
