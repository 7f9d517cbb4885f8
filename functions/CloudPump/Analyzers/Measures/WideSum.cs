using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>A sum that no long holds: integers in 128 bits, and doubles, both exactly.</summary>
internal sealed class WideSum : ISide
{
    private readonly ExactSum _doubles = new();

    public long Count { get; set; }

    public Int128 Integers { get; set; }

    public bool HasDoubles => !_doubles.IsEmpty;

    public bool FitsLong => Integers >= long.MinValue && Integers <= long.MaxValue;

    public void Clear()
    {
        Count = 0;
        Integers = 0;
        _doubles.Clear();
    }

    public void Add(Int128 value)
    {
        Integers += value;
        Count++;
    }

    public void Add(double value)
    {
        _doubles.Add(value);
        Count++;
    }

    public void WriteDoubles(ByteBuffer output) => _doubles.Write(output);

    public void MergeDoubles(ref ByteReader input) => _doubles.Merge(ref input);

    /// <summary>The sum, rounded once.</summary>
    public double Round()
    {
        if (!HasDoubles)
        {
            return (double)Integers;
        }

        var total = new ExactSum();
        total.Add(_doubles);

        // Both halves are doubles exactly, up to 2^106.
        total.Add((double)(Integers >> 53) * 9007199254740992.0);
        total.Add((double)(Integers - (Integers >> 53 << 53)));
        return total.Round();
    }
}
