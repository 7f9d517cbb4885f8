namespace CloudPump.Pipelines;

/// <summary>A group of options, or a text option, that wants to know where its options stand.</summary>
public interface ILocated
{
    /// <summary>Tells where an option's value stands; a text option, which has no options, where its text does.</summary>
    void SetLocation(string option, SourceLocation location);
}
