using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Measures;

/// <summary>A measure as it is written: `count()`, `sum(bytes)`.</summary>
public sealed class MeasureCall : ITextOption
{
    private static readonly Dictionary<string, (int Least, int Most)> Functions = new(StringComparer.Ordinal)
    {
        ["count"] = (0, 1), ["sum"] = (1, 1), ["avg"] = (1, 1), ["min"] = (1, 1), ["max"] = (1, 1),
    };

    private readonly string _function;

    private MeasureCall(string text, string function, IReadOnlyList<Expression> arguments)
    {
        Text = text;
        _function = function;
        Arguments = arguments;
    }

    /// <inheritdoc/>
    public string Text { get; }

    /// <summary>What it is measured over.</summary>
    public IReadOnlyList<Expression> Arguments { get; }

    /// <summary>The functions that there are.</summary>
    public static IEnumerable<string> Names => Functions.Keys;

    /// <summary>Reads a measure.</summary>
    /// <exception cref="ExpressionException">It is no call, the function is unknown, or the number of arguments is wrong.</exception>
    public static MeasureCall Parse(string text)
    {
        if (!Expression.TryParseCall(text, out var function, out var arguments))
        {
            throw new ExpressionException($"A measure is a call such as count() or sum(bytes); there are {string.Join(", ", Names)}.", 0);
        }

        if (!Functions.TryGetValue(function, out var counts))
        {
            throw new ExpressionException($"There is no measure '{function}'.{Nearest.Hint(function, Names)}", text.IndexOf(function, StringComparison.Ordinal));
        }

        if (arguments.Count < counts.Least || arguments.Count > counts.Most)
        {
            var wanted = counts.Least == counts.Most ? $"{counts.Least}" : $"{counts.Least} or {counts.Most}";
            throw new ExpressionException($"The measure '{function}' takes {wanted} argument(s), not {arguments.Count}.", text.IndexOf(function, StringComparison.Ordinal));
        }

        return new MeasureCall(text, function, arguments);
    }

    /// <summary>An empty column of this measure.</summary>
    public Measure Create() => _function switch
    {
        "count" => new CountMeasure(),
        "sum" => new SumMeasure(average: false),
        "avg" => new SumMeasure(average: true),
        "min" => new ExtremeMeasure(largest: false),
        _ => new ExtremeMeasure(largest: true),
    };
}
