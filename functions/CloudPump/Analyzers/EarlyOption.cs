using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>When a window tells its results so far, before it is closed. Such results are marked `early: true` and promise nothing: they may differ in another run.</summary>
public sealed class EarlyOption : ILocated
{
    /// <summary>Every so often.</summary>
    [Option("Results so far of the open windows, every so often in event time.")]
    public TimeSpan? Every { get; set; }

    /// <summary>On a condition.</summary>
    [Option("The result so far of a key, once, as soon as its measures meet this, such as hits > 1000. Not for windows that overlap.")]
    public Expression? When { get; set; }

    /// <summary>On events of another pipeline.</summary>
    [Option("Results so far of the open windows whenever this other pipeline has had events.", Pipeline = true)]
    public string? On { get; set; }

    /// <summary>Where the group stands, or the other pipeline's name.</summary>
    public SourceLocation Location { get; private set; }

    /// <inheritdoc/>
    void ILocated.SetLocation(string option, SourceLocation location) => Location = option == "on" || Location == default ? location : Location;
}
