using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>What becomes of events that come too late.</summary>
public sealed class LateOption : ILocated
{
    /// <summary>The pipeline that gets them.</summary>
    [Option("The pipeline that gets the late events; they are counted here all the same.", Main = true, Required = true, Pipeline = true)]
    public string To { get; set; } = "";

    /// <summary>Where the name stands.</summary>
    public SourceLocation Location { get; private set; }

    /// <inheritdoc/>
    void ILocated.SetLocation(string option, SourceLocation location) => Location = location;
}
