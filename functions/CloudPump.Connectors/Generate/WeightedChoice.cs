namespace CloudPump.Connectors.Generate;

/// <summary>
/// Chooses indexes with given weights by Walker's alias method: one random number and one memory access per choice, however
/// many there are.
/// </summary>
internal sealed class WeightedChoice
{
    private readonly (uint Threshold, int Alias)[] _columns;

    public WeightedChoice(IReadOnlyList<double> weights)
    {
        _columns = new (uint, int)[weights.Count];
        var total = weights.Sum();
        var scaled = weights.Select(weight => weight * weights.Count / total).ToArray();
        var small = new Stack<int>(Enumerable.Range(0, scaled.Length).Where(i => scaled[i] < 1));
        var large = new Stack<int>(Enumerable.Range(0, scaled.Length).Where(i => scaled[i] >= 1));
        while (small.Count > 0 && large.Count > 0)
        {
            var (poor, rich) = (small.Pop(), large.Pop());
            _columns[poor] = ((uint)(scaled[poor] * uint.MaxValue), rich);
            scaled[rich] -= 1 - scaled[poor];
            (scaled[rich] < 1 ? small : large).Push(rich);
        }

        foreach (var whole in small.Concat(large))
        {
            _columns[whole] = (uint.MaxValue, whole);
        }
    }

    /// <summary>
    /// A choice in which the first index is the most frequent, and the others follow a power law as web traffic does. The
    /// exponent is given in quarters: square roots are exact everywhere, Math.Pow may differ between processors.
    /// </summary>
    public static WeightedChoice Zipf(int count, int quarters) =>
        new([.. Enumerable.Range(3, count).Select(rank => 1 / Power(Math.Sqrt(Math.Sqrt(rank)), quarters))]);

    public int Pick(ref SampleRandom random)
    {
        var number = random.Next();
        var index = (int)((number >> 32) * (ulong)_columns.Length >> 32);
        var (threshold, alias) = _columns[index];
        return (uint)number <= threshold ? index : alias;
    }

    private static double Power(double number, int exponent) => exponent == 0 ? 1 : number * Power(number, exponent - 1);
}
