namespace CloudPump.Parsers.Patterns;

/// <summary>A pattern of a pipeline file that cannot be used, and what to write instead.</summary>
internal sealed class PatternException(string message) : Exception(message);
