using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Findings;

/// <summary>
/// Keys unlike the others: the modified z-score 0.6745 (x - median) / MAD beyond a limit, with the mean absolute deviation in place of a MAD of zero (Iglewicz and Hoaglin,
/// "How to Detect and Handle Outliers", 1993).
/// </summary>
public sealed class OutliersOption : DetectOption
{
    /// <summary>How far.</summary>
    [Option("How many deviations from the median are too many.")]
    public double Deviations { get; set; } = 3.5;

    /// <summary>Among how many.</summary>
    [Option("With fewer keys than this in a window nothing is said.")]
    public int Least { get; set; } = 5;

    /// <inheritdoc/>
    internal override string Kind => "outlier";

    /// <inheritdoc/>
    internal override bool ComparesKeys => true;

    /// <inheritdoc/>
    internal override WindowDetector Create(int maxKeys) => new Detector(this);

    /// <inheritdoc/>
    internal override string? Mistake() => this switch
    {
        { Deviations: not > 0 } => "'deviations' must be more than 0.",
        { Least: < 1 } => "'least' must be 1 or more.",
        _ => null,
    };

    private sealed class Detector(OutliersOption option) : WindowDetector(option)
    {
        private readonly List<(byte[] Key, double Value)> _seen = [];

        public override void See(ReadOnlySpan<byte> key, double value) => _seen.Add((key.ToArray(), value));

        public override void Close(long start, FindingWriter findings)
        {
            if (_seen.Count >= option.Least)
            {
                Judge(findings);
            }

            _seen.Clear();
        }

        public override void Save(ByteBuffer output)
        {
        }

        public override void Load(ref ByteReader input)
        {
        }

        private void Judge(FindingWriter findings)
        {
            var median = Median([.. _seen.Select(s => s.Value)]);
            var distances = _seen.Select(s => Math.Abs(s.Value - median)).ToArray();
            var spread = distances.Average() * 1.253314;
            var deviation = Median(distances) / 0.6745;
            deviation = deviation > 0 ? deviation : spread;
            foreach (var (key, value) in _seen)
            {
                var score = deviation > 0 ? (value - median) / deviation : 0;
                if (Math.Abs(score) > option.Deviations)
                {
                    var side = score > 0 ? "above" : "below";
                    findings.Add(key, side, value, median,
                        $"{option.Measure} is {FindingWriter.Text(value)}, {FindingWriter.Text(Math.Abs(score))} deviations {side} the median {FindingWriter.Text(median)} of {_seen.Count} keys.");
                }
            }
        }

        private static double Median(double[] values)
        {
            Array.Sort(values);
            return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        }
    }
}
