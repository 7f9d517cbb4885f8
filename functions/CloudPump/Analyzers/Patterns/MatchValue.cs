using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Patterns;

/// <summary>What is selected of a match: an expression over its steps, or `count(step)`, `first(step.x)`, `last`, `sum`, `min`, `max`, `avg` over the events of one.</summary>
public sealed class MatchValue : ITextOption
{
    private static readonly string[] Functions = ["count", "first", "last", "sum", "min", "max", "avg"];

    private MatchValue(string text, string? function, Expression expression)
    {
        Text = text;
        Function = function;
        Expression = expression;
    }

    /// <inheritdoc/>
    public string Text { get; }

    /// <summary>The function over a step's events; null for a plain expression.</summary>
    public string? Function { get; }

    /// <summary>The expression, or the function's argument.</summary>
    public Expression Expression { get; }

    /// <summary>Whether every event of the step has to be looked at, not only the first and last.</summary>
    internal bool Accumulates => Function is "sum" or "min" or "max" or "avg";

    /// <summary>Reads a value.</summary>
    /// <exception cref="ExpressionException">The expression has a mistake.</exception>
    public static MatchValue Parse(string text)
    {
        if (!Expression.TryParseCall(text, out var function, out var arguments) || !Functions.Contains(function, StringComparer.Ordinal))
        {
            return new MatchValue(text, null, Expression.Parse(text));
        }

        return arguments.Count == 1
            ? new MatchValue(text, function, arguments[0])
            : throw new ExpressionException($"'{function}' takes one argument: {(function == "count" ? "a step" : "an expression over a step, such as step.field")}.", 0);
    }
}
