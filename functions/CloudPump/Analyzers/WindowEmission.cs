namespace CloudPump.Analyzers;

/// <summary>What a time window emits.</summary>
public enum WindowEmission
{
    /// <summary>The results of windows, and the findings.</summary>
    Results,

    /// <summary>The findings alone.</summary>
    Findings,
}
