using System.Diagnostics.CodeAnalysis;

namespace CloudPump.Expressions;

/// <summary>CEL's macros: calls that become other nodes before anything is bound.</summary>
internal static class Macros
{
    public static IReadOnlyList<string> Names { get; } =
        ["has", "all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap", "cel.bind"];

    public static bool TryExpand(Token name, SyntaxNode? receiver, List<SyntaxNode> arguments, [NotNullWhen(true)] out SyntaxNode? expanded)
    {
        expanded = receiver switch
        {
            null => string.Equals(name.Text, "has", StringComparison.Ordinal) ? Has(name, arguments) : null,
            NameSyntax { Name: "cel" } when string.Equals(name.Text, "bind", StringComparison.Ordinal) => Bind(name, arguments),
            _ => Loop(name, receiver, arguments),
        };
        return expanded is not null;
    }

    private static SelectSyntax Has(Token name, List<SyntaxNode> arguments)
    {
        if (arguments is [SelectSyntax { IsTest: false } select])
        {
            return new SelectSyntax(select.Offset, select.Operand, select.Name, isTest: true);
        }

        var suggestion = arguments is [NameSyntax field] ? $"has(event.{field.Name})" : "has(user.email)";
        throw new ExpressionException($"'has' takes a selection, such as {suggestion}.", name.Offset, suggestion);
    }

    private static BindSyntax Bind(Token name, List<SyntaxNode> arguments) => arguments.Count == 3
        ? new BindSyntax(name.Offset, Variable(arguments[0]), arguments[1], arguments[2])
        : throw new ExpressionException("'cel.bind' takes a name, its value and an expression.", name.Offset);

    private static LoopSyntax? Loop(Token name, SyntaxNode range, List<SyntaxNode> arguments)
    {
        LoopKind? kind = name.Text switch
        {
            "all" => LoopKind.All,
            "exists" => LoopKind.Exists,
            "exists_one" or "existsOne" => LoopKind.ExistsOne,
            "map" or "filter" or "transformList" => LoopKind.List,
            "transformMap" => LoopKind.Map,
            _ => null,
        };
        if (kind is null)
        {
            return null;
        }

        return name.Text switch
        {
            "map" => Map(name, range, arguments),
            "filter" => Filter(name, range, arguments),
            "transformList" or "transformMap" => Transform(name, kind.Value, range, arguments),
            _ => Quantifier(name, kind.Value, range, arguments),
        };
    }

    private static LoopSyntax Quantifier(Token name, LoopKind kind, SyntaxNode range, List<SyntaxNode> arguments) => arguments.Count switch
    {
        2 => new LoopSyntax(name.Offset, kind, range, Variable(arguments[0]), null, null, arguments[1]),
        3 => new LoopSyntax(name.Offset, kind, range, Variable(arguments[0]), Second(arguments), null, arguments[2]),
        _ => throw WrongCount(name, "a variable (or two) and a condition"),
    };

    private static LoopSyntax Map(Token name, SyntaxNode range, List<SyntaxNode> arguments) => arguments.Count switch
    {
        2 => new LoopSyntax(name.Offset, LoopKind.List, range, Variable(arguments[0]), null, null, arguments[1]),
        3 => new LoopSyntax(name.Offset, LoopKind.List, range, Variable(arguments[0]), null, arguments[1], arguments[2]),
        _ => throw WrongCount(name, "a variable, perhaps a condition, and an expression"),
    };

    private static LoopSyntax Filter(Token name, SyntaxNode range, List<SyntaxNode> arguments) => arguments.Count == 2
        ? new LoopSyntax(name.Offset, LoopKind.List, range, Variable(arguments[0]), null, arguments[1], arguments[0])
        : throw WrongCount(name, "a variable and a condition");

    private static LoopSyntax Transform(Token name, LoopKind kind, SyntaxNode range, List<SyntaxNode> arguments) => arguments.Count switch
    {
        3 => new LoopSyntax(name.Offset, kind, range, Variable(arguments[0]), Second(arguments), null, arguments[2]),
        4 => new LoopSyntax(name.Offset, kind, range, Variable(arguments[0]), Second(arguments), arguments[2], arguments[3]),
        _ => throw WrongCount(name, "two variables, perhaps a condition, and an expression"),
    };

    private static string Second(List<SyntaxNode> arguments)
    {
        var second = Variable(arguments[1]);
        return string.Equals(second, Variable(arguments[0]), StringComparison.Ordinal)
            ? throw new ExpressionException("The two variables need different names.", arguments[1].Offset)
            : second;
    }

    private static string Variable(SyntaxNode node) => node is NameSyntax { IsAbsolute: false } name
        ? name.Name
        : throw new ExpressionException("Expected the name of a variable.", node.Offset);

    private static ExpressionException WrongCount(Token name, string what) => new($"'{name.Text}' takes {what}.", name.Offset);
}
