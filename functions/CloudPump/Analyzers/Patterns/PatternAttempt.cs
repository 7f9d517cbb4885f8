using CloudPump.Events;

namespace CloudPump.Analyzers.Patterns;

/// <summary>An attempt to match: where it stands, and of every step the first and last event's fields and how many there were.</summary>
internal sealed class PatternAttempt(long id, long start, int steps, int sums)
{
    private readonly Taken[] _taken = new Taken[steps];
    private readonly Accumulator[] _sums = new Accumulator[sums];

    /// <summary>The attempt's number within its key; a branch has its origin's.</summary>
    public long Id => id;

    /// <summary>The time of its first event.</summary>
    public long Start { get; } = start;

    /// <summary>The time of its last event.</summary>
    public long End { get; private set; } = start;

    /// <summary>The step that took the last event.</summary>
    public int Step { get; private set; }

    /// <summary>The fields of the last event.</summary>
    public byte[] Newest { get; private set; } = [];

    public long Count(int step) => _taken[step].Count;

    public byte[]? First(int step) => _taken[step].First;

    public byte[]? Last(int step) => _taken[step].Last;

    public ref Accumulator Sum(int index) => ref _sums[index];

    public void Take(int step, long time, byte[] fields)
    {
        ref var taken = ref _taken[step];
        taken.Count++;
        taken.First ??= fields;
        taken.Last = fields;
        (Step, End, Newest) = (step, time, fields);
    }

    public PatternAttempt Branch()
    {
        var branch = new PatternAttempt(id, Start, _taken.Length, _sums.Length) { Step = Step, End = End, Newest = Newest };
        _taken.CopyTo(branch._taken, 0);
        _sums.CopyTo(branch._sums, 0);
        return branch;
    }

    public void Write(ByteBuffer output)
    {
        output.WriteVarint((ulong)id);
        output.WriteSigned(Start);
        output.WriteSigned(End);
        output.WriteVarint((ulong)Step);
        output.WriteBlob(Newest);
        foreach (var taken in _taken)
        {
            output.WriteVarint((ulong)taken.Count);
            if (taken.Count > 0)
            {
                output.WriteBlob(taken.First);
                output.WriteBlob(taken.Last);
            }
        }

        foreach (var sum in _sums)
        {
            output.WriteInt64(BitConverter.DoubleToInt64Bits(sum.Value));
            output.WriteVarint((ulong)sum.Count);
        }
    }

    public static PatternAttempt Read(ref ByteReader input, int steps, int sums)
    {
        var attempt = new PatternAttempt((long)input.Varint(), input.Signed(), steps, sums)
        {
            End = input.Signed(),
            Step = Math.Min(input.Count(), steps - 1),
            Newest = input.Blob().ToArray(),
        };
        foreach (ref var taken in attempt._taken.AsSpan())
        {
            taken.Count = (long)input.Varint();
            if (taken.Count > 0)
            {
                (taken.First, taken.Last) = (input.Blob().ToArray(), input.Blob().ToArray());
            }
        }

        foreach (ref var sum in attempt._sums.AsSpan())
        {
            sum = new Accumulator(BitConverter.Int64BitsToDouble(input.Int64()), (long)input.Varint());
        }

        return attempt;
    }

    private struct Taken
    {
        public long Count;
        public byte[]? First;
        public byte[]? Last;
    }
}
