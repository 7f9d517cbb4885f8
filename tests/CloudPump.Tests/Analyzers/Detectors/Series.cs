using CloudPump.Analyzers.Detectors;

namespace CloudPump.Tests.Analyzers.Detectors;

/// <summary>Made-up series, the same in every run.</summary>
internal sealed class Series(int seed)
{
    public static readonly long Start = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private readonly Random _random = new(seed);

    /// <summary>A normally distributed number (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>The time of the n-th value, when one comes every so many minutes.</summary>
    public static long Time(long n, int minutes = 5) => Start + (n * minutes * TimeSpan.TicksPerMinute);

    /// <summary>What a detector says to values that come every five minutes.</summary>
    public static List<Detection> Judge(Detector detector, IEnumerable<double> values, long first = 0) =>
        [.. values.Select((value, n) => detector.Observe(Time(first + n), value))];

    public static Detector Detector(DetectorKind kind) => CloudPump.Analyzers.Detectors.Detector.Create(new DetectorOptions { Kind = kind });

    /// <summary>So many values around a level.</summary>
    public IEnumerable<double> Noise(int count, double level = 10, double deviation = 1) =>
        [.. Enumerable.Range(0, count).Select(_ => level + (deviation * Normal()))];

    /// <summary>Days that begin at 0, rise to 20 at noon and fall again; 288 values a day.</summary>
    public IEnumerable<double> Days(int count) =>
        [.. Enumerable.Range(0, count * 288).Select(n => 10 - (10 * Math.Cos(2 * Math.PI * n / 288)) + (0.5 * Normal()))];
}
