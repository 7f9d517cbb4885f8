namespace CloudPump.Analyzers.Measures;

/// <summary>A state beside a column.</summary>
internal interface ISide
{
    /// <summary>Back to "nothing seen".</summary>
    void Clear();
}
