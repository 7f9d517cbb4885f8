namespace CloudPump.Expressions;

/// <summary>`{a: b}`.</summary>
internal sealed class MapNode(Node[] keys, Node[] values) : Node
{
    private static readonly EvaluationError BadKey = new("a map's key must be a bool, an integer or a string");
    private static readonly EvaluationError RepeatedKey = new("the map has a key twice");

    public override Value Evaluate(Scope scope)
    {
        var count = keys.Length;
        var (newKeys, newValues) = (new Value[count], new Value[count]);
        for (var i = 0; i < count; i++)
        {
            newKeys[i] = keys[i].Evaluate(scope);
            newValues[i] = values[i].Evaluate(scope);
            if (newKeys[i].IsError || newValues[i].IsError)
            {
                return newKeys[i].IsError ? newKeys[i] : newValues[i];
            }

            if (newKeys[i].Kind is not (ValueKind.Bool or ValueKind.Int or ValueKind.UInt or ValueKind.String))
            {
                return Value.OfError(BadKey);
            }
        }

        if (!scope.Spend(count))
        {
            return Value.OfError(EvaluationError.TooMuchWork);
        }

        var map = new MapValue(newKeys, newValues, count);
        return map.HasDistinctKeys() ? Value.OfMap(map) : Value.OfError(RepeatedKey);
    }
}
