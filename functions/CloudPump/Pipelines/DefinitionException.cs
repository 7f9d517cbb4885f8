namespace CloudPump.Pipelines;

/// <summary>Definitions are wrong; the message lists every mistake with its place.</summary>
public sealed class DefinitionException(IReadOnlyList<Diagnostic> diagnostics) : Exception(string.Join('\n', diagnostics))
{
    /// <summary>The mistakes.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;
}
