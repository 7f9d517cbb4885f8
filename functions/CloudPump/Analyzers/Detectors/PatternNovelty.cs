namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// How unlike anything recent the last values are: the mean distance of the vector of the last four values to its five nearest among 256 earlier ones, one
/// of every three (k nearest neighbours, as in E. Burnaev and V. Ishimtsev, "Conformalized density- and distance-based anomaly detection in time-series
/// data", 2016).
/// </summary>
internal sealed class PatternNovelty
{
    private const int Patterns = 256;
    private const int Length = 4;
    private const int Every = 3;
    private const int Nearest = 5;

    // One pattern after the other, newest value first.
    private readonly float[] _patterns = new float[Patterns * Length];
    private readonly float[] _current = new float[Length];
    private int _count;
    private int _next;
    private long _seen;

    public double Observe(double value)
    {
        _current.AsSpan(0, Length - 1).CopyTo(_current.AsSpan(1));
        _current[0] = (float)value;
        var novelty = _count > Nearest + 2 ? Distance() : 0;
        if (_seen++ % Every == 0 && _seen > Length)
        {
            _current.CopyTo(_patterns.AsSpan(_next * Length));
            _next = (_next + 1) % Patterns;
            _count = Math.Min(_count + 1, Patterns);
        }

        return novelty;
    }

    public void Write(ref StateWriter output)
    {
        output.Numbers(_patterns);
        output.Numbers(_current);
        output.Int(_count);
        output.Int(_next);
        output.Int(_seen);
    }

    public void Read(ref StateReader input)
    {
        input.Numbers(_patterns);
        input.Numbers(_current);
        _count = input.Int(Patterns);
        _next = input.Int(Patterns - 1);
        _seen = input.Int();
    }

    private double Distance()
    {
        Span<float> nearest = stackalloc float[Nearest];
        nearest.Fill(float.MaxValue);
        var (a, b, c, d) = (_current[0], _current[1], _current[2], _current[3]);
        var patterns = _patterns.AsSpan(0, _count * Length);
        for (var i = 0; i + Length <= patterns.Length; i += Length)
        {
            var p = patterns.Slice(i, Length);
            var square = Square(p[0] - a) + Square(p[1] - b) + Square(p[2] - c) + Square(p[3] - d);
            if (square < nearest[Nearest - 1])
            {
                Insert(nearest, square);
            }
        }

        var sum = 0.0;
        foreach (var square in nearest)
        {
            sum += Math.Sqrt(square);
        }

        return sum / Nearest;
    }

    private static float Square(float x) => x * x;

    private static void Insert(Span<float> nearest, float square)
    {
        var i = Nearest - 1;
        for (; i > 0 && nearest[i - 1] > square; i--)
        {
            nearest[i] = nearest[i - 1];
        }

        nearest[i] = square;
    }
}
