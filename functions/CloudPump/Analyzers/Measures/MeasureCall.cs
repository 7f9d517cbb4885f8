using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Measures;

/// <summary>A measure as it is written: `count()`, `sum(bytes)`, `count() where status >= 500`.</summary>
public sealed class MeasureCall : ITextOption, ILocated
{
    private readonly MeasureFunction _function;

    internal MeasureCall(string text, string function, IReadOnlyList<Expression> arguments, Expression? where, double parameter)
    {
        Text = text;
        Function = function;
        Arguments = arguments;
        Where = where;
        Parameter = parameter;
        _function = MeasureFunction.All[function];
    }

    /// <inheritdoc/>
    public string Text { get; }

    /// <summary>The function's name.</summary>
    public string Function { get; }

    /// <summary>What it is measured over; then a percentile's percent and a top's length; of a ratio the names of two measures.</summary>
    public IReadOnlyList<Expression> Arguments { get; }

    /// <summary>Which events it takes; null for all.</summary>
    public Expression? Where { get; }

    /// <summary>The percent of a percentile, the length of a top.</summary>
    public double Parameter { get; }

    /// <summary>Where it stands in the pipeline file.</summary>
    public SourceLocation Location { get; private set; }

    /// <summary>Whether it is made of the results of other measures.</summary>
    public bool IsRatio => _function.Create is null;

    /// <summary>The functions that there are.</summary>
    public static IEnumerable<string> Names => MeasureFunction.All.Keys;

    /// <summary>Reads a measure.</summary>
    /// <exception cref="ExpressionException">It is no call, the function is unknown, an argument or the condition is wrong.</exception>
    public static MeasureCall Parse(string text) => MeasureParser.Parse(text);

    /// <summary>An empty column of this measure; a ratio has none.</summary>
    internal Measure Create() => _function.Create!(this);

    /// <inheritdoc/>
    void ILocated.SetLocation(string option, SourceLocation location) => Location = location;
}
