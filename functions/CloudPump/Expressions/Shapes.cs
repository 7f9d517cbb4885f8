using System.Text;

namespace CloudPump.Expressions;

/// <summary>The common shapes of conditions, which have nodes of their own: something against a constant.</summary>
internal static class Shapes
{
    /// <summary>The node of a call that has such a shape, else null.</summary>
    public static Node? TryBind(CallSyntax call, Node[] arguments)
    {
        if (arguments.Length != 2)
        {
            return null;
        }

        if (arguments[1] is ConstantNode right)
        {
            return WithConstant(call, arguments[0], right.Value);
        }

        // `500 <= status` is `status >= 500`.
        return arguments[0] is ConstantNode left && ComparisonOf(call.Function) is { } comparison
            ? Compare(arguments[1], Mirrored(comparison), SymbolOf(call.Function), left.Value)
            : null;
    }

    private static Node? WithConstant(CallSyntax call, Node operand, in Value constant)
    {
        if (ComparisonOf(call.Function) is { } comparison)
        {
            return Compare(operand, comparison, SymbolOf(call.Function), constant);
        }

        if (call.Function == "@in" && constant.Reference is ListValue list && InConstantsNode.Takes(list))
        {
            return new InConstantsNode(operand, list);
        }

        return constant.Kind == ValueKind.String ? WithText(call, operand, constant) : null;
    }

    private static Node? WithText(CallSyntax call, Node operand, in Value constant) => call.Function switch
    {
        "startsWith" when call.IsMember => Text(operand, TextTest.StartsWith, constant),
        "endsWith" when call.IsMember => Text(operand, TextTest.EndsWith, constant),
        "contains" when call.IsMember => Text(operand, TextTest.Contains, constant),
        "matches" => new MatchNode(operand, PatternOf(call, constant)),
        "_[_]" => new SelectNode(operand, Encoding.UTF8.GetString(constant.Bytes)),
        _ => null,
    };

    private static BoolNode? Compare(Node operand, Comparison comparison, string symbol, in Value constant) => constant.Kind switch
    {
        ValueKind.Int or ValueKind.Double when operand is FieldNode field => new FieldNumberNode(field, comparison, symbol, constant),
        ValueKind.String when comparison == Comparison.Equal => Text(operand, TextTest.Equal, constant),
        ValueKind.String when comparison == Comparison.NotEqual => Text(operand, TextTest.NotEqual, constant),
        _ => null,
    };

    private static BoolNode Text(Node operand, TextTest test, in Value constant)
    {
        var text = constant.Bytes.ToArray();
        return operand switch
        {
            FieldNode field => new FieldTextNode(field, test, text),
            PathNode path => new PathTextNode(path, test, text),
            _ => new TextTestNode(operand, test, text),
        };
    }

    private static Pattern PatternOf(CallSyntax call, in Value constant) =>
        Pattern.TryCreate(Encoding.UTF8.GetString(constant.Bytes), out var pattern, out var error)
            ? pattern
            : throw new ExpressionException($"The pattern is no regular expression: {error}", call.Arguments[^1].Offset);

    private static Comparison? ComparisonOf(string function) => function switch
    {
        "_==_" => Comparison.Equal,
        "_!=_" => Comparison.NotEqual,
        "_<_" => Comparison.Less,
        "_<=_" => Comparison.LessOrEqual,
        "_>_" => Comparison.Greater,
        "_>=_" => Comparison.GreaterOrEqual,
        _ => null,
    };

    private static string SymbolOf(string function) => function.Trim('_');

    private static Comparison Mirrored(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        _ => comparison,
    };
}
