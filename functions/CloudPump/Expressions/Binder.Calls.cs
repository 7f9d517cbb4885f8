namespace CloudPump.Expressions;

/// <content>Calls: operators and functions, the common shapes in nodes of their own.</content>
internal sealed partial class Binder
{
    private Node BindCall(CallSyntax call)
    {
        var arguments = BindAll(call.Arguments);
        return (Shapes.TryBind(call, arguments) ?? TryBindOperator(call, arguments)) is { } node
            ? Folding.TryFold(node, arguments)
            : BindFunction(call, arguments);
    }

    private static Node? TryBindOperator(CallSyntax call, Node[] arguments) => call.Function switch
    {
        "_&&_" => new AndNode(arguments),
        "_||_" => new OrNode(arguments),
        "!_" => new NotNode(arguments[0]),
        "_?_:_" => new ConditionalNode(arguments[0], arguments[1], arguments[2]),
        "_==_" or "_!=_" => new EqualNode(call.Function == "_!=_", arguments[0], arguments[1]),
        "_<_" => new CompareNode(Comparison.Less, "<", arguments[0], arguments[1]),
        "_<=_" => new CompareNode(Comparison.LessOrEqual, "<=", arguments[0], arguments[1]),
        "_>_" => new CompareNode(Comparison.Greater, ">", arguments[0], arguments[1]),
        "_>=_" => new CompareNode(Comparison.GreaterOrEqual, ">=", arguments[0], arguments[1]),
        _ => null,
    };

    private Node BindFunction(CallSyntax call, Node[] arguments)
    {
        var overload = FunctionTable.Default.Find(call.Function, call.IsMember, arguments.Length);
        if (overload is null)
        {
            return new UnknownCallNode(call.Function);
        }

        if (TryBindSpecial(call, overload, arguments) is { } special)
        {
            return special;
        }

        var name = call.Function.Trim('_', '@');
        Node node = overload switch
        {
            { One: { } one } => new CallNode1(name, one, arguments[0]),
            { Two: { } two } => new CallNode2(name, two, arguments[0], arguments[1]),
            _ => new CallNodeN(name, overload.Many!, arguments),
        };
        return overload.IsPure ? Folding.TryFold(node, arguments) : node;
    }
}
