namespace CloudPump.Expressions;

/// <summary>`status in [500, 502]`: a few constants are compared in turn, many are looked up.</summary>
internal sealed class InConstantsNode(Node operand, ListValue constants) : BoolNode
{
    private const int Few = 8;
    private readonly Value[] _items = constants.Items.ToArray();
    private readonly HashSet<Value>? _set = constants.Count > Few ? new HashSet<Value>(constants.Items.ToArray(), ValueComparer.Instance) : null;

    /// <summary>Whether all items are simple enough to be looked up.</summary>
    public static bool Takes(ListValue constants)
    {
        foreach (var item in constants.Items)
        {
            if (item.Kind is not (ValueKind.Bool or ValueKind.Int or ValueKind.UInt or ValueKind.String or ValueKind.Null))
            {
                return false;
            }
        }

        return true;
    }

    public override Truth Test(Scope scope)
    {
        var value = operand.Evaluate(scope);
        if (value.IsError)
        {
            return scope.Fail(value);
        }

        return Of(_set?.Contains(value) ?? IsAmong(value));
    }

    private bool IsAmong(in Value value)
    {
        foreach (ref readonly var item in _items.AsSpan())
        {
            if (value.Kind == ValueKind.Int && item.Kind == ValueKind.Int ? value.AsInt == item.AsInt : Equality.OfScalars(value, item))
            {
                return true;
            }
        }

        return false;
    }
}
