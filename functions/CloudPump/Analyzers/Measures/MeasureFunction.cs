namespace CloudPump.Analyzers.Measures;

/// <summary>A kind of measure.</summary>
/// <param name="Least">The least number of arguments.</param>
/// <param name="Most">The largest number of arguments.</param>
/// <param name="Create">Makes an empty column; null when the result is made of other measures' results.</param>
internal sealed record MeasureFunction(int Least, int Most, Func<MeasureCall, Measure>? Create)
{
    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, MeasureFunction> All { get; } = new Dictionary<string, MeasureFunction>(StringComparer.Ordinal)
    {
        ["count"] = new(0, 1, _ => new CountMeasure(perSecond: false)),
        ["sum"] = new(1, 1, _ => new SumMeasure(SumKind.Total)),
        ["avg"] = new(1, 1, _ => new SumMeasure(SumKind.Average)),
        ["min"] = new(1, 1, _ => new ExtremeMeasure(largest: false)),
        ["max"] = new(1, 1, _ => new ExtremeMeasure(largest: true)),
        ["stddev"] = new(1, 1, _ => new DeviationMeasure()),
        ["first"] = new(1, 1, _ => new EdgeMeasure(last: false)),
        ["last"] = new(1, 1, _ => new EdgeMeasure(last: true)),
        ["distinct"] = new(1, 1, _ => new DistinctMeasure()),
        ["percentile"] = new(2, 2, c => new PercentileMeasure(c.Parameter)),
        ["median"] = new(1, 1, _ => new PercentileMeasure(50)),
        ["top"] = new(2, 2, c => new TopMeasure((int)c.Parameter)),
        ["rate"] = new(0, 1, c => c.Arguments.Count == 0 ? new CountMeasure(perSecond: true) : new SumMeasure(SumKind.PerSecond)),
        ["ratio"] = new(2, 2, null),
    };
}
