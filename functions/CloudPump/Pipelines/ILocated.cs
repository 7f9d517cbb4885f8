namespace CloudPump.Pipelines;

/// <summary>A group of options that wants to know where its options stand.</summary>
public interface ILocated
{
    /// <summary>Tells where an option's value stands.</summary>
    void SetLocation(string option, SourceLocation location);
}
