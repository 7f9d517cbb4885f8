namespace CloudPump.Expressions;

/// <content>Operators and functions.</content>
internal sealed partial class TypeChecker
{
    private StaticValue VisitCall(CallSyntax call)
    {
        switch (call.Function)
        {
            case "_&&_" or "_||_":
                RequireAll(call, [.. call.Arguments.Select(Absorbed)]);
                return StaticValue.Of(ValueKind.Bool);
            case "!_":
                RequireAll(call, [Visit(call.Arguments[0])]);
                return StaticValue.Of(ValueKind.Bool);
            case "_?_:_":
                Require(call.Arguments[0], Visit(call.Arguments[0]), "'?'");
                return StaticValue.Common([Absorbed(call.Arguments[1]), Absorbed(call.Arguments[2])]);
            default:
                return VisitFunction(call, [.. call.Arguments.Select(Visit)]);
        }
    }

    private static void RequireAll(CallSyntax call, StaticValue[] operands)
    {
        for (var i = 0; i < operands.Length; i++)
        {
            Require(call.Arguments[i], operands[i], $"'{call.Function.Trim('_')}'");
        }
    }

    private StaticValue VisitFunction(CallSyntax call, StaticValue[] arguments)
    {
        ConstantArguments.Check(call, arguments);
        if (!Signatures.Takes(call, arguments))
        {
            throw TypeMistake.Of(call, arguments);
        }

        var overload = FunctionTable.Default.Find(call.Function, call.IsMember, arguments.Length);
        if (overload is { IsPure: true } && AreConstant(arguments))
        {
            return Fold(call, overload, arguments);
        }

        if (call.Function is "_/_" or "_%_" && arguments[1].Constant is { Kind: ValueKind.Int or ValueKind.UInt, AsInt: 0 })
        {
            Fail(call.Offset, EvaluationError.DivideByZero.Reason);
        }

        return ResultTypes.Of(call.Function, arguments);
    }

    private StaticValue Fold(CallSyntax call, Overload overload, StaticValue[] arguments)
    {
        var nodes = Constants(arguments);
        Node node = overload switch
        {
            { One: { } one } => new CallNode1(call.Function, one, nodes[0]),
            { Two: { } two } => new CallNode2(call.Function, two, nodes[0], nodes[1]),
            _ => new CallNodeN(call.Function, overload.Many!, nodes),
        };
        var value = node.Evaluate(new Scope(0));
        if (!value.IsError)
        {
            // `dyn` is there to hide a type.
            return call.Function == "dyn" ? StaticValue.Dyn : StaticValue.Of(value, ResultTypes.Of(call.Function, arguments).Item);
        }

        if (ConstantArguments.ReadingMistake(call) is { } mistake)
        {
            throw new ExpressionException(mistake, SyntaxStart.Of(call.Arguments[0]));
        }

        if (!value.IsMissing)
        {
            Fail(call.Offset, value.Reason);
        }

        return ResultTypes.Of(call.Function, arguments);
    }

    // A list or map of constants; nothing constant where it fails.
    private StaticValue FoldMade(Node node, int offset, StaticValue made)
    {
        var value = node.Evaluate(new Scope(0));
        if (!value.IsError)
        {
            return StaticValue.Of(value, made.Item, made.Key);
        }

        Fail(offset, value.Reason);
        return made;
    }

    private void Fail(int offset, string reason)
    {
        if (_absorbing == 0)
        {
            throw new ExpressionException($"This fails for every event: {reason}.", offset);
        }
    }
}
