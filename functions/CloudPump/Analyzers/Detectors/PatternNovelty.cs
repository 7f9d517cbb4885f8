using System.Numerics;

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
    private const int Warmup = 20;

    // A place without a pattern is far from everything, though its square is still a number.
    private const float Nowhere = 1e15f;

    // First the newest value of every pattern, then the second newest of every pattern, and so on: so that several are compared at once.
    private readonly float[] _patterns = new float[Length * Patterns];
    private readonly float[] _current = new float[Length];
    private int _next;
    private long _seen;

    public PatternNovelty() => _patterns.AsSpan().Fill(Nowhere);

    public double Observe(double value)
    {
        _current.AsSpan(0, Length - 1).CopyTo(_current.AsSpan(1));
        _current[0] = (float)value;
        var novelty = _seen > Length + (Warmup * Every) ? Distance() : 0;
        if (_seen++ % Every == 0 && _seen > Length)
        {
            Learn();
        }

        return novelty;
    }

    public void Write(ref StateWriter output)
    {
        output.Numbers(_patterns);
        output.Numbers(_current);
        output.Int(_next);
        output.Int(_seen);
    }

    public void Read(ref StateReader input)
    {
        input.Numbers(_patterns);
        input.Numbers(_current);
        _next = input.Int(Patterns - 1);
        _seen = input.Int();
    }

    private void Learn()
    {
        for (var i = 0; i < Length; i++)
        {
            _patterns[(i * Patterns) + _next] = _current[i];
        }

        _next = (_next + 1) % Patterns;
    }

    // Every lane is one pattern, so the result does not depend on how many lanes the processor has.
    private double Distance()
    {
        Span<float> nearest = stackalloc float[Nearest];
        nearest.Fill(float.MaxValue);
        var worst = new Vector<float>(float.MaxValue);
        for (var i = 0; i < Patterns; i += Vector<float>.Count)
        {
            var squares = Square(0, i) + Square(1, i) + Square(2, i) + Square(3, i);
            if (Vector.LessThanAny(squares, worst))
            {
                Insert(nearest, squares);
                worst = new Vector<float>(nearest[Nearest - 1]);
            }
        }

        var sum = 0.0;
        foreach (var square in nearest)
        {
            sum += Math.Sqrt(square);
        }

        return sum / Nearest;
    }

    private Vector<float> Square(int lag, int pattern)
    {
        var difference = new Vector<float>(_patterns, (lag * Patterns) + pattern) - new Vector<float>(_current[lag]);
        return difference * difference;
    }

    private static void Insert(Span<float> nearest, Vector<float> squares)
    {
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            var square = squares[lane];
            if (square >= nearest[Nearest - 1])
            {
                continue;
            }

            var i = Nearest - 1;
            for (; i > 0 && nearest[i - 1] > square; i--)
            {
                nearest[i] = nearest[i - 1];
            }

            nearest[i] = square;
        }
    }
}
