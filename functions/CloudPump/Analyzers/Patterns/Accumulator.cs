namespace CloudPump.Analyzers.Patterns;

/// <summary>A sum, or the smallest or largest value so far, and of how many. Events come in one order, so nothing more exact is needed.</summary>
internal readonly record struct Accumulator(double Value, long Count)
{
    public Accumulator With(string function, double value) => new(
        Count == 0 ? value : function switch
        {
            "min" => Math.Min(Value, value),
            "max" => Math.Max(Value, value),
            _ => Value + value,
        },
        Count + 1);

    public double Result(string function) => function == "avg" ? Value / Count : Value;
}
