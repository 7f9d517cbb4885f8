using System.Globalization;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Measures;

/// <summary>Reads measures; offsets of mistakes are those in the whole text.</summary>
internal static class MeasureParser
{
    public const int LongestTop = 1000;
    private const string Where = "where";

    public static MeasureCall Parse(string text)
    {
        var where = FindWhere(text);
        var condition = where < 0 ? null : Condition(text, where + Where.Length);
        var head = where < 0 ? text : text[..where];
        if (!Expression.TryParseCall(head, out var name, out var arguments))
        {
            throw new ExpressionException($"A measure is a call such as count() or sum(bytes); there are {string.Join(", ", MeasureCall.Names)}.", 0);
        }

        var at = text.IndexOf(name, StringComparison.Ordinal);
        if (!MeasureFunction.All.TryGetValue(name, out var function))
        {
            throw new ExpressionException($"There is no measure '{name}'.{Nearest.Hint(name, MeasureCall.Names)}", at);
        }

        if (arguments.Count < function.Least || arguments.Count > function.Most)
        {
            var wanted = function.Least == function.Most ? $"{function.Least}" : $"{function.Least} or {function.Most}";
            throw new ExpressionException($"The measure '{name}' takes {wanted} argument(s), not {arguments.Count}.", at);
        }

        if (function.Create is null && condition is not null)
        {
            throw new ExpressionException($"A {name} is made of other measures; put the condition there.", where);
        }

        return new MeasureCall(text, name, arguments, condition, Parameter(head, name, arguments));
    }

    // The word outside all brackets; the lexer knows what is quoted.
    private static int FindWhere(string text)
    {
        var lexer = new Lexer(text);
        var depth = 0;
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
        {
            depth += token.Kind switch
            {
                TokenKind.LeftParenthesis or TokenKind.LeftBracket or TokenKind.LeftBrace => 1,
                TokenKind.RightParenthesis or TokenKind.RightBracket or TokenKind.RightBrace => -1,
                _ => 0,
            };
            if (depth == 0 && token is { Kind: TokenKind.Identifier, Text: Where, Offset: > 0 })
            {
                return token.Offset;
            }
        }

        return -1;
    }

    private static Expression Condition(string text, int start)
    {
        try
        {
            return Expression.ParseCondition(text[start..].TrimEnd());
        }
        catch (ExpressionException e)
        {
            throw new ExpressionException(e.Message, start + e.Offset, e.Suggestion);
        }
    }

    private static double Parameter(string head, string name, IReadOnlyList<Expression> arguments)
    {
        if (name is not ("percentile" or "top"))
        {
            return 0;
        }

        var text = arguments[1].Text;
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        if (name == "top" ? number is >= 1 and <= LongestTop && number == Math.Truncate(number) : isNumber && number is >= 0 and <= 100)
        {
            return number;
        }

        var wanted = name == "top" ? $"how many values, a whole number from 1 to {LongestTop}" : "the percentage, a number from 0 to 100";
        throw new ExpressionException($"The second argument of '{name}' is {wanted}, not '{text}'.", head.LastIndexOf(text, StringComparison.Ordinal));
    }
}
