using CloudPump.Events;

namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// Judges the values of one series, one after the other: a value's judgement depends only on that value and those before it. The state is bounded, and the
/// same values give the same judgements bit for bit, also when the state was saved and loaded in between. A value that is no finite number changes nothing
/// and is never an anomaly.
/// </summary>
public abstract class Detector
{
    private const byte Version = 1;

    /// <summary>What tells this detector's state from another's: its kind and whatever options shape its state.</summary>
    private protected abstract long Signature { get; }

    /// <summary>A detector for one series.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Detector Create(DetectorOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Period, TimeSpan.Zero);
        return double.IsFinite(options.HalfLife) && options.HalfLife >= 1
            ? New(options)
            : throw new ArgumentOutOfRangeException(nameof(options), options.HalfLife, "A half-life is a number of values from 1 on.");
    }

    /// <summary>Judges a value, then learns from it.</summary>
    /// <param name="time">Event time in UTC ticks (100 ns); may be irregular, and equal times are possible.</param>
    /// <param name="value">The value.</param>
    public abstract Detection Observe(long time, double value);

    /// <summary>Appends the whole state; the first byte is the version of its format.</summary>
    public void Save(ByteBuffer output)
    {
        output.WriteByte(Version);
        var writer = new StateWriter(output);
        writer.Int(Signature);
        Write(ref writer);
        writer.End();
    }

    /// <summary>Replaces the state by a saved one. After an exception the state is undefined.</summary>
    /// <exception cref="InvalidDataException">The state is damaged, or of another version, kind or options.</exception>
    public void Load(ref ByteReader input)
    {
        if (input.Byte() != Version)
        {
            throw new InvalidDataException("The state of a detector is of another version.");
        }

        var reader = new StateReader(input);
        if (reader.Int() != Signature)
        {
            throw new InvalidDataException("The state is that of another detector.");
        }

        Read(ref reader);
        input = reader.End();
    }

    private protected abstract void Write(ref StateWriter output);

    private protected abstract void Read(ref StateReader input);

    private static Detector New(DetectorOptions options) => options.Kind switch
    {
        DetectorKind.Auto => new AutoDetector(options),
        DetectorKind.Ewma => new EwmaDetector(options),
        DetectorKind.RobustZ => new RobustZDetector(),
        DetectorKind.Seasonal => new SeasonalDetector(options),
        DetectorKind.ChangePoint => new ChangePointDetector(options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "There is no such detector."),
    };
}
