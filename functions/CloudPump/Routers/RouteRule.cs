using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Routers;

/// <summary>One rule of `route`.</summary>
public sealed class RouteRule : ILocated
{
    /// <summary>The condition.</summary>
    [Option("Which events; without it all of them.")]
    public Expression When { get; set; } = Expression.Parse("true");

    /// <summary>The target.</summary>
    [Option("The pipeline that gets them.", Required = true, Pipeline = true)]
    public string To { get; set; } = "";

    /// <summary>Clone or move.</summary>
    [Option("clone: the event also goes on here; move: it leaves this pipeline.")]
    public RouteMode Mode { get; set; }

    /// <summary>Topic or stream.</summary>
    [Option("topic: fast fan-out; stream: keeps the order of events.")]
    public RouteTransport Via { get; set; }

    /// <summary>Where the target's name stands.</summary>
    public SourceLocation Location { get; private set; }

    /// <inheritdoc/>
    void ILocated.SetLocation(string option, SourceLocation location) => Location = option == "to" ? location : Location;
}
