namespace CloudPump.Analyzers.Detectors;

/// <summary>The methods of detection.</summary>
public enum DetectorKind
{
    /// <summary>Several methods together, for series of which nothing is known.</summary>
    Auto,

    /// <summary>Distance from an exponentially weighted mean.</summary>
    Ewma,

    /// <summary>Distance from the median of a sliding window, which outliers do not move.</summary>
    RobustZ,

    /// <summary>Distance from what is usual at this time of the period, such as the hour of the day.</summary>
    Seasonal,

    /// <summary>Lasting shifts of the level.</summary>
    ChangePoint,
}
