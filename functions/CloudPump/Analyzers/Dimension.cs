using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>A dimension of an analyzer: an expression, and the field of the results that holds its value.</summary>
public sealed class Dimension : INamedTextOption
{
    /// <summary>Makes a dimension.</summary>
    /// <param name="expression">What its value is.</param>
    /// <param name="name">The field of the results; without it the expression's text.</param>
    public Dimension(Expression expression, string? name = null)
    {
        Expression = expression;
        Name = name ?? expression.Text;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What its value is.</summary>
    public Expression Expression { get; }

    /// <inheritdoc/>
    public string Text => Expression.Text;

    /// <summary>Reads a dimension that is named by its text.</summary>
    public static implicit operator Dimension(string text) => Parse(text);

    /// <summary>Reads a dimension that is named by its text.</summary>
    /// <exception cref="ExpressionException">The expression has a mistake.</exception>
    public static Dimension Parse(string text) => new(Expression.Parse(text));

    /// <inheritdoc/>
    public INamedTextOption WithName(string name) => new Dimension(Expression, name);

    /// <summary>Reports fields of the results that would get two values: names given twice, or taken by what every result has.</summary>
    /// <param name="report">Takes the mistakes.</param>
    /// <param name="definition">The analyzer.</param>
    /// <param name="dimensions">Its dimensions, from the option `by`.</param>
    /// <param name="others">The other fields of its results.</param>
    public static void Check(CheckReport report, ComponentDefinition definition, IEnumerable<Dimension> dimensions, IEnumerable<string> others)
    {
        var taken = new HashSet<string>(others, StringComparer.Ordinal);
        foreach (var dimension in dimensions.Where(d => !taken.Add(d.Name)))
        {
            report.Error(definition, "by", $"The results have two fields '{dimension.Name}'; name the dimension otherwise: {{a_name: \"{dimension.Text}\"}}.");
        }
    }
}
