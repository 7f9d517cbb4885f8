namespace CloudPump.Analyzers;

/// <summary>What an anomaly detector emits.</summary>
public enum AnomalyEmission
{
    /// <summary>The anomalies.</summary>
    Anomalies,

    /// <summary>Every value with its judgement.</summary>
    All,
}
