using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>An expression in CEL whose syntax and names have been checked; <see cref="Compile"/> makes it run.</summary>
public sealed class Expression
{
    private readonly SyntaxNode _root;

    private Expression(string text, SyntaxNode root, int start = 0)
    {
        Text = text;
        _root = root;
        var names = NameCollector.Collect(root);
        (FieldNames, FieldPaths, OpenPaths, LookupNames, UsesWholeEvent) = (names.Names, names.Paths, names.OpenPaths, names.Lookups, names.UsesWholeEvent);
        Shown = Masked(text, names.Secrets, start);
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The text as it may be shown: the keys of `hmac` that stand in it are '***'.</summary>
    public string Shown { get; }

    /// <summary>The identifiers that name fields, unless the event has no such field and CEL gives them a meaning.</summary>
    public IReadOnlyCollection<string> FieldNames { get; }

    /// <summary>The lookup tables that the expression names, with their places in the text (in characters from 0).</summary>
    public IReadOnlyCollection<(string Name, int Offset)> LookupNames { get; }

    /// <summary>The type of what the expression yields when it does not fail; null when that depends on the event.</summary>
    public ValueKind? ResultType { get; private set; }

    /// <summary>Whether it takes the event as a whole, so that it may look at any field.</summary>
    internal bool UsesWholeEvent { get; }

    /// <summary>The names of fields with the first selection that follows: `a.b` of `a.b.c`, `a` where nothing is selected.</summary>
    internal IReadOnlyCollection<string> FieldPaths { get; }

    /// <summary>The same without those that only a keyed hash (`hmac`) sees.</summary>
    internal IReadOnlyCollection<string> OpenPaths { get; }

    /// <summary>Reads an expression.</summary>
    public static implicit operator Expression(string text) => Parse(text);

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionException">The text has a mistake.</exception>
    public static Expression Parse(string text) => Checked(new Expression(text, new Parser(text).ParseAll()));

    /// <summary>Reads an expression that decides about events, so that it must yield true or false.</summary>
    /// <exception cref="ExpressionException">The text has a mistake, or yields something else for every event.</exception>
    public static Expression ParseCondition(string text)
    {
        var expression = Parse(text);
        return expression.ResultType is { } kind and not ValueKind.Bool
            ? throw new ExpressionException(
                $"A condition takes true or false, not {KindNames.Of(kind)}; {KindNames.Comparison(kind)}.", SyntaxStart.Of(expression._root))
            : expression;
    }

    /// <summary>
    /// Reads a call of any function, such as the measure `percentile(bytes, 95)`; false when the text does not begin as a call.
    /// Offsets of mistakes are those in the whole text.
    /// </summary>
    /// <exception cref="ExpressionException">The text has a mistake.</exception>
    public static bool TryParseCall(string text, out string function, out IReadOnlyList<Expression> arguments)
    {
        var isCall = new Parser(text).TryParseCall(out function, out var parsed);
        arguments = isCall ? [.. parsed.Select(a => Checked(new Expression(a.Text, a.Root, a.Start)))] : [];
        function = isCall ? function : "";
        return isCall;
    }

    /// <summary>Makes the expression run over batches with these field names. What it makes is used by one thread at a time.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="lookups">The tables that `lookup` asks; without them a lookup fails when it is evaluated.</param>
    /// <exception cref="ExpressionException">The expression names a lookup table that is not there.</exception>
    public CompiledExpression Compile(FieldTable fields, ILookups? lookups = null) => Compile(fields, lookups, container: null);

    /// <summary>Makes the expression run as a condition. What it makes is used by one thread at a time.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="lookups">The tables that `lookup` asks; without them a lookup fails when it is evaluated.</param>
    /// <exception cref="ExpressionException">The expression names a lookup table that is not there.</exception>
    public Condition CompileCondition(FieldTable fields, ILookups? lookups = null)
    {
        var binder = new Binder(fields, lookups);
        return new Condition(binder.Bind(_root), new Scope(binder.VariableCount));
    }

    /// <summary>The same with CEL's container, in which names are looked for first.</summary>
    internal CompiledExpression Compile(FieldTable fields, ILookups? lookups, string? container)
    {
        var binder = new Binder(fields, lookups, container);
        return new CompiledExpression(binder.Bind(_root), new Scope(binder.VariableCount));
    }

    /// <inheritdoc/>
    public override string ToString() => Shown;

    /// <summary>Reads an expression in which a call of an unknown function fails only when it is evaluated.</summary>
    internal static Expression ParseUnchecked(string text) => new(text, new Parser(text, isChecked: false).ParseAll());

    private static string Masked(string text, IEnumerable<LiteralSyntax> secrets, int start)
    {
        foreach (var secret in secrets.Reverse())
        {
            text = $"{text[..(secret.Offset - start)]}'***'{text[(secret.End - start)..]}";
        }

        return text;
    }

    // Binding finds wrong names and patterns, the types are looked at when all names are right.
    private static Expression Checked(Expression expression)
    {
        _ = new Binder(new FieldTable()).Bind(expression._root);
        expression.ResultType = TypeChecker.Check(expression._root);
        return expression;
    }
}
