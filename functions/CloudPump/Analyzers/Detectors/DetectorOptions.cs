namespace CloudPump.Analyzers.Detectors;

/// <summary>How to detect.</summary>
public sealed record DetectorOptions
{
    /// <summary>The method.</summary>
    public DetectorKind Kind { get; init; }

    /// <summary>
    /// After how much time the series repeats; without it a day. `Auto` watches the week as well, `Seasonal` only this period; the others do without.
    /// </summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromDays(1);

    /// <summary>After how many values an old one weighs half as much as a new one: at least 1; for `Ewma` and `ChangePoint`.</summary>
    public double HalfLife { get; init; } = 100;
}
