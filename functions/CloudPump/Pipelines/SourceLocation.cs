namespace CloudPump.Pipelines;

/// <summary>A place in a file; line and column count from 1. The default means "made in C#".</summary>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => File is null ? "(code)" : $"{File}:{Line}:{Column}";
}
