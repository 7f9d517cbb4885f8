namespace CloudPump.Analyzers.Measures;

/// <summary>What is made of a sum.</summary>
internal enum SumKind : byte
{
    /// <summary>`sum(x)`.</summary>
    Total,

    /// <summary>`avg(x)`.</summary>
    Average,

    /// <summary>`rate(x)`.</summary>
    PerSecond,
}
