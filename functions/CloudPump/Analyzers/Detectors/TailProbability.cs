namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// How rare a score is among the past scores of the same series, in decades: 3 means that one score in a thousand was as large. Kept are the largest scores
/// of the last 10,000 to 20,000, in two generations of which the older one is dropped when the younger one is full. Among them the share is counted:
/// P(S >= s) = (number of scores >= s + 1) / (n + 1). Beyond the largest the tail goes on as a power law, P(S >= s) = k / n (s / t)^(-1 / h), where t is the
/// smallest of the k largest scores and h their Hill estimator, the mean of ln(score / t) (B. Hill, "A simple general approach to inference about the tail
/// of a distribution", 1975). A score that is not among the largest 5 %, or is below all those kept, is unremarkable: 0 decades.
/// </summary>
internal sealed class TailProbability
{
    private const int Kept = 100;
    private const int Generation = 10_000;
    private const int Warmup = 10;

    // The Hill estimator begins as if it had seen four scores of a rather light tail, so that equal scores do not make the next one impossible.
    private const double PriorWeight = 4;
    private const double PriorIndex = 0.15;
    private const double LargestDecades = 30;

    // What is more frequent is unremarkable, also in the beginning, when all scores are still known.
    private const double Tail = 0.05;
    private float[] _old = new float[Kept];
    private float[] _young = new float[Kept];
    private int _oldKept;
    private int _youngKept;
    private int _oldSeen;
    private int _youngSeen;

    /// <summary>Rarity of a score, which then joins the past ones.</summary>
    /// <param name="score">Not negative; 0 is the most usual score there is.</param>
    public double Observe(double score)
    {
        var s = (float)Math.Min(score, float.MaxValue);
        var decades = s > 0 && _oldSeen + _youngSeen >= Warmup ? Decades(s) : 0;
        Add(s);
        return decades;
    }

    public void Write(ref StateWriter output)
    {
        output.Numbers(_old);
        output.Numbers(_young);
        output.Int(_oldKept);
        output.Int(_youngKept);
        output.Int(_oldSeen);
        output.Int(_youngSeen);
    }

    public void Read(ref StateReader input)
    {
        input.Numbers(_old);
        input.Numbers(_young);
        _oldKept = input.Int(Kept);
        _youngKept = input.Int(Kept);
        _oldSeen = input.Int(Generation);
        _youngSeen = input.Int(Generation);
    }

    private double Decades(float s)
    {
        // Only above this score does each generation still know all of its scores.
        var floor = Math.Max(Floor(_old, _oldKept), Floor(_young, _youngKept));
        if (s < floor)
        {
            return 0;
        }

        var n = _oldSeen + _youngSeen + 1.0;
        var larger = CountFrom(_old, _oldKept, s) + CountFrom(_young, _youngKept, s);
        var share = (larger + 1) / n;
        if (share > Tail)
        {
            return 0;
        }

        return Math.Min(LargestDecades, -Math.Log10(larger > 0 ? share : Math.Min(share, Beyond(s, floor) / n)));
    }

    // How many scores as large as s are to be expected, when none has been.
    private double Beyond(float s, float floor)
    {
        var logs = 0.0;
        var count = CountFrom(_old, _oldKept, floor) + CountFrom(_young, _youngKept, floor);
        if (count < PriorWeight)
        {
            return 1;
        }

        var smallest = floor > 0 ? floor : Math.Min(_oldKept > 0 ? _old[_oldKept - 1] : s, _youngKept > 0 ? _young[_youngKept - 1] : s);
        for (var i = 0; i < _oldKept && _old[i] >= smallest; i++)
        {
            logs += Math.Log(_old[i] / smallest);
        }

        for (var i = 0; i < _youngKept && _young[i] >= smallest; i++)
        {
            logs += Math.Log(_young[i] / smallest);
        }

        var index = (logs + (PriorIndex * PriorWeight)) / (count + PriorWeight);
        return count * Math.Pow(s / smallest, -1 / index);
    }

    private static float Floor(float[] kept, int count) => count == Kept ? kept[Kept - 1] : 0;

    private static int CountFrom(float[] kept, int count, float s)
    {
        var larger = 0;
        while (larger < count && kept[larger] >= s)
        {
            larger++;
        }

        return larger;
    }

    private void Add(float s)
    {
        _youngSeen++;
        if (s > Floor(_young, _youngKept))
        {
            var i = _youngKept < Kept ? _youngKept++ : Kept - 1;
            for (; i > 0 && _young[i - 1] < s; i--)
            {
                _young[i] = _young[i - 1];
            }

            _young[i] = s;
        }

        if (_youngSeen == Generation)
        {
            (_old, _young) = (_young, _old);
            (_oldKept, _oldSeen) = (_youngKept, _youngSeen);
            (_youngKept, _youngSeen) = (0, 0);
        }
    }
}
