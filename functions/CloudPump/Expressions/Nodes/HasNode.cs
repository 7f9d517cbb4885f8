namespace CloudPump.Expressions;

/// <summary>`has(operand.key)`: whether the map has the key. Without the map itself it fails.</summary>
internal sealed class HasNode(Node operand, string key, Node? whole) : BoolNode
{
    private readonly KeySelector _selector = new(key);

    public override Truth Test(Scope scope)
    {
        // The event may have a field of the whole dotted name.
        if (whole is not null && !whole.Evaluate(scope).IsError)
        {
            return Truth.True;
        }

        var map = operand.Evaluate(scope);
        if (map.IsError)
        {
            return scope.Fail(map);
        }

        var value = _selector.Select(map, scope);
        return value.IsError && !value.IsMissing ? scope.Fail(value) : Of(!value.IsError);
    }
}
