namespace CloudPump.Expressions;

/// <summary>`lookup('table', key)` or `lookup('table', [a, b], default)`. Without a default an entry that is not there is missing, as a field would be.</summary>
internal sealed class LookupNode(string name, ILookupTable? table, Node[] keys, bool isList, Node? otherwise) : Node
{
    private readonly Value _missing = Value.OfError(new EvaluationError($"the lookup table '{name}' has no such key", isMissing: true));
    private readonly Value _noTable = Value.OfError(new EvaluationError($"there is no lookup table '{name}' here"));
    private Value[] _values = new Value[keys.Length];

    public override Value Evaluate(Scope scope)
    {
        if (table is null)
        {
            return _noTable;
        }

        for (var i = 0; i < keys.Length; i++)
        {
            var part = keys[i].Evaluate(scope);
            if (part.IsError)
            {
                // An event without the field that is the key has no entry.
                return part.IsMissing && otherwise is not null ? otherwise.Evaluate(scope) : part;
            }

            _values[i] = part;
        }

        var count = keys.Length;
        if (!isList && _values[0].Kind == ValueKind.List && !TrySpread(scope, out count))
        {
            return Value.OfError(EvaluationError.TooMuchWork);
        }

        return table.TryGet(_values.AsSpan(0, count), scope.Batch.Header(scope.Row).Received, out var value) ? value : otherwise?.Evaluate(scope) ?? _missing;
    }

    // A list that comes with the event is the parts of a key, as a written one is.
    private bool TrySpread(Scope scope, out int count)
    {
        count = 0;
        for (var walker = new Walker(_values[0]); walker.Next(scope, out _, out var item); count++)
        {
            if (!scope.Spend())
            {
                return false;
            }

            if (count == _values.Length)
            {
                Array.Resize(ref _values, count * 2);
            }

            _values[count] = item;
        }

        return true;
    }
}
