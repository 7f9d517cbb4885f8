namespace CloudPump.Expressions;

/// <summary>A mistake in the text of an expression, with its place.</summary>
/// <param name="message">What was expected, or what is unknown.</param>
/// <param name="offset">Where in the text, in characters from 0.</param>
/// <param name="suggestion">The nearest right word, if there is one.</param>
public sealed class ExpressionException(string message, int offset = 0, string? suggestion = null) : Exception(message)
{
    /// <summary>Where in the text the mistake is, in characters from 0.</summary>
    public int Offset { get; } = offset;

    /// <summary>The right word nearest to the wrong one; null when none is near.</summary>
    public string? Suggestion { get; } = suggestion;
}
