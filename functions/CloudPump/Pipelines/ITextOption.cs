namespace CloudPump.Pipelines;

/// <summary>
/// An option's type that is written as one text with a syntax of its own. Such a type has `public static T Parse(string text)`, which throws
/// <see cref="Expressions.ExpressionException"/> with the place of a mistake, and <see cref="Text"/> gives the text back.
/// </summary>
public interface ITextOption
{
    /// <summary>The text as written.</summary>
    string Text { get; }
}
