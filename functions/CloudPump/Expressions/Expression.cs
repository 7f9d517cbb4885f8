using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>An expression in CEL whose syntax and names have been checked; <see cref="Compile"/> makes it run.</summary>
public sealed class Expression
{
    private readonly SyntaxNode _root;

    private Expression(string text, SyntaxNode root)
    {
        Text = text;
        _root = root;
        (FieldNames, FieldPaths) = FieldNameCollector.Collect(root);
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The identifiers that name fields, unless the event has no such field and CEL gives them a meaning.</summary>
    public IReadOnlyCollection<string> FieldNames { get; }

    /// <summary>The same with the first selection that follows: `a.b` of `a.b.c`, `a` where nothing is selected.</summary>
    internal IReadOnlyCollection<string> FieldPaths { get; }

    /// <summary>Reads an expression.</summary>
    public static implicit operator Expression(string text) => Parse(text);

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionException">The text has a mistake.</exception>
    public static Expression Parse(string text) => Checked(new Expression(text, new Parser(text).ParseAll()));

    /// <summary>
    /// Reads a call of any function, such as the measure `percentile(bytes, 95)`; false when the text does not begin as a call.
    /// Offsets of mistakes are those in the whole text.
    /// </summary>
    /// <exception cref="ExpressionException">The text has a mistake.</exception>
    public static bool TryParseCall(string text, out string function, out IReadOnlyList<Expression> arguments)
    {
        var isCall = new Parser(text).TryParseCall(out function, out var parsed);
        arguments = isCall ? [.. parsed.Select(a => Checked(new Expression(a.Text, a.Root)))] : [];
        function = isCall ? function : "";
        return isCall;
    }

    /// <summary>Makes the expression run over batches with these field names. What it makes is used by one thread at a time.</summary>
    public CompiledExpression Compile(FieldTable fields)
    {
        var binder = new Binder(fields);
        return new CompiledExpression(binder.Bind(_root), new Scope(binder.VariableCount));
    }

    /// <summary>Makes the expression run as a condition. What it makes is used by one thread at a time.</summary>
    public Condition CompileCondition(FieldTable fields)
    {
        var binder = new Binder(fields);
        return new Condition(binder.Bind(_root), new Scope(binder.VariableCount));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Reads an expression in which a call of an unknown function fails only when it is evaluated.</summary>
    internal static Expression ParseUnchecked(string text) => new(text, new Parser(text, isChecked: false).ParseAll());

    // Binding finds the mistakes that the parser does not see.
    private static Expression Checked(Expression expression)
    {
        _ = new Binder(new FieldTable()).Bind(expression._root);
        return expression;
    }
}
