using CloudPump.Analyzers.Detectors;
using CloudPump.Analyzers.Ordered;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>
/// Judges a value per key as it comes, against what the key's past lets expect. The value may be a window's measure: let the window send its results to the pipeline of this
/// analyzer.
/// </summary>
[Component(ComponentKind.Analyzer, "anomaly", "Finds unusual values per key by what was usual for the key before.",
    Example = "anomaly: {name: odd, by: [sensor], value: temperature, method: auto, probability: 0.999}")]
public sealed class Anomaly : KeyedAnalyzer
{
    private static readonly string[] Fields = ["value", "expected", "lower", "upper", "score", "probability", "anomaly"];

    /// <summary>Makes one that keeps fewer keys than others do: a key's model takes kilobytes.</summary>
    public Anomaly() => MaxKeys = 10_000;

    /// <summary>The value.</summary>
    [Option("The value: a field or expression that yields a number; events without it are passed over.", Required = true)]
    public Expression Value { get; set; } = Expression.Parse("null");

    /// <summary>The method.</summary>
    [Option("How: auto (several methods together), ewma (distance from a moving mean), robust_z (from a moving median), seasonal (from what is usual at this time of the period), change_point (lasting shifts of the level).")]
    public DetectorKind Method { get; set; }

    /// <summary>The period.</summary>
    [Option("After how much time things repeat.")]
    public TimeSpan Period { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How fast the past fades.</summary>
    [Option("After how many values an old one weighs half as much as a new one (ewma, change_point).")]
    public double HalfLife { get; set; } = 100;

    /// <summary>How sure.</summary>
    [Option("How sure it must be for an anomaly: while all is as usual, a share of 1 - probability of the values are taken for one.")]
    public double Probability { get; set; } = 0.999;

    /// <summary>All values or anomalies.</summary>
    [Option("What is emitted: the anomalies, or every value with its judgement.")]
    public AnomalyEmission Emit { get; set; }

    /// <inheritdoc/>
    protected override IEnumerable<string> ResultFields => Fields.Prepend("timestamp");

    /// <inheritdoc/>
    public override AnalyzerStep BuildStep(BuildContext context) => new ValueStep(this, Value, context);

    /// <inheritdoc/>
    public override IShardState CreateShard() => new State(this);

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (Probability is <= 0 or >= 1)
        {
            report.Error(this, "probability", "'probability' lies between 0 and 1, such as 0.999.");
        }

        if (Period <= TimeSpan.Zero)
        {
            report.Error(this, "period", "'period' must be longer than nothing.");
        }

        if (!(HalfLife > 0))
        {
            report.Error(this, "half_life", "'half_life' must be more than 0.");
        }
    }

    private sealed class State(Anomaly definition) : OrderedState<Model>(definition)
    {
        private readonly DetectorOptions _options = new() { Kind = definition.Method, Period = definition.Period, HalfLife = definition.HalfLife };
        private readonly ResultFields _fields = new(definition.Name, ["timestamp"], [.. definition.By.Select(d => d.Name)], Fields);

        protected override void OnEvent(Model state, in PendingEvent e, ResultBatch results)
        {
            var value = ValueStep.Read(e);
            var detection = (state.Detector ??= Detector.Create(_options)).Observe(e.Stamp.Time, value);
            var isAnomaly = detection.Probability >= definition.Probability;
            if (isAnomaly || definition.Emit == AnomalyEmission.All)
            {
                Tell(state, e.Stamp.Time, value, detection, isAnomaly, results);
            }
        }

        protected override void SaveKey(Model state, ByteBuffer output) => state.Detector!.Save(output);

        protected override void LoadKey(Model state, ref ByteReader input) => (state.Detector = Detector.Create(_options)).Load(ref input);

        private void Tell(Model state, long time, double value, in Detection detection, bool isAnomaly, ResultBatch results)
        {
            var row = _fields.Add(results, state.Key, time);
            var events = results.Events;
            events.SetDouble(row, _fields[0], value);
            events.SetDouble(row, _fields[1], detection.Expected);
            events.SetDouble(row, _fields[2], detection.Lower);
            events.SetDouble(row, _fields[3], detection.Upper);
            events.SetDouble(row, _fields[4], detection.Score);
            events.SetDouble(row, _fields[5], detection.Probability);
            events.SetBool(row, _fields[6], isAnomaly);
        }
    }

    private sealed class Model : KeyState
    {
        public Detector? Detector { get; set; }
    }
}
