using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Patterns;

/// <summary>Makes results of matches, and keeps the sums that they hold.</summary>
internal sealed class MatchResults
{
    private readonly Pattern _pattern;
    private readonly ResultFields _fields;
    private readonly (int Value, int Step)[] _sums;
    private readonly int[] _steps;

    public MatchResults(Pattern pattern)
    {
        _pattern = pattern;
        _fields = new ResultFields(pattern.Name, ["match_start", "match_end"], [.. pattern.By.Select(d => d.Name)], [.. pattern.Select.Select(s => s.Key), "timed_out", "step"]);
        _steps = [.. pattern.Select.Select(s => s.Value.Function is null ? -1 : PatternPlan.StepsOf(s.Value.Expression, pattern.Steps).First())];
        _sums = [.. pattern.Select.Select((s, i) => (s.Value, i)).Where(s => s.Value.Accumulates).Select(s => (s.i, _steps[s.i]))];
    }

    /// <summary>How many sums an attempt keeps.</summary>
    public int Sums => _sums.Length;

    /// <summary>Adds the event that a step has just taken to the sums over that step.</summary>
    public void Accumulate(PatternAttempt attempt, int step, MatchRow row)
    {
        for (var s = 0; s < _sums.Length; s++)
        {
            if (_sums[s].Step != step)
            {
                continue;
            }

            var value = row.Evaluate(_sums[s].Value, attempt, oldest: false);
            if (value.Kind is ValueKind.Int or ValueKind.Double)
            {
                ref var sum = ref attempt.Sum(s);
                sum = sum.With(_pattern.Select[_sums[s].Value].Value.Function!, value.Kind == ValueKind.Int ? value.AsInt : value.AsDouble);
            }
        }
    }

    /// <summary>Adds the result of a match, or of an attempt that has run out of time at a step.</summary>
    public void Add(ResultBatch results, ReadOnlySpan<byte> key, PatternAttempt attempt, long end, MatchRow row, string? timedOut)
    {
        var result = _fields.Add(results, key, attempt.Start, end);
        for (var v = 0; v < _pattern.Select.Count; v++)
        {
            Set(results.Events, result, v, attempt, row);
        }

        if (timedOut is not null)
        {
            results.Events.SetBool(result, _fields[^2], true);
            results.Events.SetString(result, _fields[^1], System.Text.Encoding.UTF8.GetBytes(timedOut));
        }
    }

    private void Set(EventBatch events, int result, int index, PatternAttempt attempt, MatchRow row)
    {
        var value = _pattern.Select[index].Value;
        var field = _fields[index];
        if (value.Function == "count")
        {
            events.SetInt64(result, field, attempt.Count(_steps[index]));
            return;
        }

        if (value.Accumulates)
        {
            var sum = attempt.Sum(Array.FindIndex(_sums, s => s.Value == index));
            ValueFields.Set(events, result, field, sum.Count == 0 ? Value.Null : Value.Of(sum.Result(value.Function!)));
            return;
        }

        var found = row.Evaluate(index, attempt, oldest: value.Function == "first");
        ValueFields.Set(events, result, field, found.IsError ? Value.Null : found);
    }
}
