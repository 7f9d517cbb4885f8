using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Findings;

/// <summary>Keys whose value is far above the median of the same window of earlier periods.</summary>
public sealed class SpikeOption : DetectOption
{
    /// <summary>The period.</summary>
    [Option("The period after which things repeat: the same minute of every day, say.")]
    public TimeSpan Period { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many of them.</summary>
    [Option("How many earlier periods are remembered; state grows with keys, windows in a period, and this.")]
    public int Periods { get; set; } = 7;

    /// <summary>How many must be known.</summary>
    [Option("How many earlier periods must be known before anything is said.")]
    public int Least { get; set; } = 3;

    /// <summary>How far above.</summary>
    [Option("A value greater than the median times this is a spike.")]
    public double Factor { get; set; } = 3;

    /// <inheritdoc/>
    internal override string Kind => "spike";

    /// <inheritdoc/>
    internal override WindowDetector Create(int maxKeys) => new Detector(this, maxKeys);

    /// <inheritdoc/>
    internal override string? Mistake() => this switch
    {
        { Period.Ticks: <= 0 } => "'period' must be longer than nothing.",
        { Periods: < 1 or > 1_000 } => "'periods' takes 1 to 1000.",
        { Least: < 1 } => "'least' must be 1 or more.",
        { Least: var least, Periods: var periods } when least > periods => "'least' cannot be more than 'periods'.",
        { Factor: <= 1 } => "'factor' must be more than 1.",
        _ => null,
    };

    private sealed class Detector(SpikeOption option, int maxKeys) : WindowDetector(option)
    {
        private readonly KeyMemory<Past> _memory = new(maxKeys);
        private readonly List<(byte[] Key, Past Past, double Value)> _seen = [];

        public override void See(ReadOnlySpan<byte> key, double value)
        {
            if (_memory.Of(key) is { } past)
            {
                _seen.Add((key.ToArray(), past, value));
            }
        }

        public override void Close(long start, FindingWriter findings)
        {
            var phase = start % option.Period.Ticks;
            foreach (var (key, past, value) in _seen)
            {
                var values = past.Values.TryGetValue(phase, out var known) ? known : past.Values[phase] = new Queue<double>();
                if (values.Count >= option.Least && Median(values) is var median && value > median * option.Factor)
                {
                    findings.Add(key, "above", value, median,
                        $"{option.Measure} is {FindingWriter.Text(value)}; the median of the same window of {values.Count} earlier periods is {FindingWriter.Text(median)}.");
                }

                values.Enqueue(value);
                if (values.Count > option.Periods)
                {
                    values.Dequeue();
                }
            }

            _seen.Clear();
        }

        public override void Save(ByteBuffer output) => _memory.Save(output, past =>
        {
            output.WriteVarint((ulong)past.Values.Count);
            foreach (var (phase, values) in past.Values)
            {
                output.WriteSigned(phase);
                output.WriteVarint((ulong)values.Count);
                foreach (var value in values)
                {
                    output.WriteInt64(BitConverter.DoubleToInt64Bits(value));
                }
            }
        });

        public override void Load(ref ByteReader input)
        {
            for (var keys = input.Items(); keys > 0; keys--)
            {
                var past = _memory.Of(input.Blob())!;
                for (var phases = input.Items(); phases > 0; phases--)
                {
                    var values = past.Values[input.Signed()] = new Queue<double>();
                    for (var count = input.Items(); count > 0; count--)
                    {
                        values.Enqueue(BitConverter.Int64BitsToDouble(input.Int64()));
                    }
                }
            }
        }

        private static double Median(Queue<double> values)
        {
            var sorted = values.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    private sealed class Past
    {
        public SortedDictionary<long, Queue<double>> Values { get; } = [];
    }
}
