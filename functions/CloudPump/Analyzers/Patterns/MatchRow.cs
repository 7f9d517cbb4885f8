using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Patterns;

/// <summary>
/// The row over which a shard evaluates a pattern's expressions: the fields of the event at hand, and of each step's event as `step.field`. A step that has taken nothing
/// is an empty object, so that `has(step.field)` is false.
/// </summary>
internal sealed class MatchRow
{
    private readonly FieldTable _table = new();
    private readonly EventBatch _batch;
    private readonly ushort[] _fields;
    private readonly ushort[] _steps;
    private readonly (int Field, ushort Id)[][] _stepFields;
    private readonly CompiledExpression[] _values;
    private readonly Condition[] _conditions;

    public MatchRow(Pattern pattern, PatternPlan plan)
    {
        var paths = pattern.Steps.Select(s => s.When).Concat(pattern.Select.Select(s => s.Value.Expression)).SelectMany(e => e.FieldPaths).ToHashSet(StringComparer.Ordinal);
        _fields = [.. plan.Fields.Select(_table.Id)];
        _steps = [.. pattern.Steps.Select(s => _table.Id(s.Name))];
        _stepFields = [.. pattern.Steps.Select(s => plan.Fields.Select((f, i) => (i, $"{s.Name}.{f}")).Where(f => paths.Contains(f.Item2)).Select(f => (f.i, _table.Id(f.Item2))).ToArray())];
        _conditions = [.. pattern.Steps.Select(s => s.When.CompileCondition(_table))];
        _values = [.. pattern.Select.Select(s => s.Value.Expression.Compile(_table))];
        _batch = new EventBatch(_table);
    }

    /// <summary>Whether the event meets a step's condition as the next one of an attempt (null: as the first).</summary>
    public bool Meets(int step, PatternAttempt? attempt, ReadOnlySpan<byte> fields)
    {
        var row = Begin(fields);
        for (var s = 0; s < _steps.Length; s++)
        {
            Put(row, s, attempt?.Last(s));
        }

        return _conditions[step].Test(_batch, row, out _);
    }

    /// <summary>A selected value over the newest events of an attempt's steps, or the oldest.</summary>
    public Value Evaluate(int value, PatternAttempt attempt, bool oldest)
    {
        var row = Begin(attempt.Newest);
        for (var s = 0; s < _steps.Length; s++)
        {
            Put(row, s, oldest ? attempt.First(s) : attempt.Last(s));
        }

        return _values[value].Evaluate(_batch, row);
    }

    private int Begin(ReadOnlySpan<byte> fields)
    {
        _batch.Clear();
        _batch.AddOrigin(default);
        var row = _batch.Add(new EventHeader { RawLength = -1 });
        var input = new ByteReader(fields);
        foreach (var id in _fields)
        {
            if (TryRead(ref input, out var slot))
            {
                _batch.Put(row, id) = slot;
            }
        }

        return row;
    }

    private void Put(int row, int step, byte[]? fields)
    {
        _batch.SetText(row, _steps[step], FieldKind.Object, "{}"u8);
        if (fields is null)
        {
            return;
        }

        var input = new ByteReader(fields);
        var next = 0;
        for (var f = 0; f < _fields.Length; f++)
        {
            var wanted = next < _stepFields[step].Length && _stepFields[step][next].Field == f;
            if (TryRead(ref input, out var slot) && wanted)
            {
                _batch.Put(row, _stepFields[step][next].Id) = slot;
            }

            next += wanted ? 1 : 0;
        }
    }

    private bool TryRead(ref ByteReader input, out Slot slot)
    {
        slot = default;
        if (input.Peek() == (byte)FieldKind.Missing)
        {
            input.Byte();
            return false;
        }

        slot = SlotCodec.Read(ref input, _batch);
        return true;
    }
}
