namespace CloudPump.Expressions;

/// <summary>A call with any number of arguments.</summary>
internal sealed class CallNodeN(string name, FunctionN function, Node[] arguments) : Node
{
    private readonly OverloadError _noOverload = new(name);
    private readonly Value[] _values = new Value[arguments.Length];

    public override Value Evaluate(Scope scope)
    {
        if (arguments.Length == 0)
        {
            return function(scope, default);
        }

        // A node is not entered again while it is evaluated (it is a tree, used by one thread), so it can keep the room for its arguments.
        var values = _values;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(scope);
            if (values[i].IsError)
            {
                return values[i];
            }
        }

        var result = function(scope, values);
        return ReferenceEquals(result.Reference, Overload.None.Reference) ? NoOverload(values) : result;
    }

    private Value NoOverload(Value[] values) =>
        _noOverload.For(values[0].Kind, Kind(values, 1), Kind(values, 2));

    private static ValueKind Kind(Value[] values, int index) => index < values.Length ? values[index].Kind : ValueKind.Error;
}
