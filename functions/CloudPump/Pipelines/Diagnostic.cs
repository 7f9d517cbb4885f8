namespace CloudPump.Pipelines;

/// <summary>A mistake, or a warning, at a place in a file.</summary>
public sealed record Diagnostic(SourceLocation Location, string Message, bool IsWarning = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Location}: {(IsWarning ? "warning" : "error")}: {Message}";
}
