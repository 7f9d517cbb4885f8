using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Findings;

/// <summary>Keys whose value passes a limit: told when it happens, and when it is over.</summary>
public sealed class LimitOption : DetectOption
{
    /// <summary>The upper limit.</summary>
    [Option("The upper limit: a value greater than this is 'above'.")]
    public double? Above { get; set; }

    /// <summary>The lower limit.</summary>
    [Option("The lower limit: a value less than this is 'below'.")]
    public double? Below { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "threshold";

    /// <inheritdoc/>
    internal override WindowDetector Create(int maxKeys) => new StateDetector(this, maxKeys, "normal", value =>
        value > Above ? ("above", Above, $"which is above {FindingWriter.Text(Above.Value)}")
        : value < Below ? ("below", Below, $"which is below {FindingWriter.Text(Below.Value)}")
        : ("normal", null, "which is within its limits"));

    /// <inheritdoc/>
    internal override string? Mistake() => (Above, Below) switch
    {
        (null, null) => "A threshold needs 'above', 'below', or both.",
        _ when Below > Above => "'below' must not lie above 'above'.",
        _ => null,
    };
}
