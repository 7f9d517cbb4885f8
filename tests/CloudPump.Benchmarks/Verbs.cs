using System.Globalization;
using System.Text.Json;
using CloudPump.Connectors.Generate;
using CloudPump.Events;
using CloudPump.Lookups.Geo;

namespace CloudPump.Benchmarks;

/// <summary>What the benchmark program does besides the micro benchmarks.</summary>
internal static class Verbs
{
    private const int Seed = 1;
    private const int LinesPerSecond = 1_000;

    /// <summary>Runs the naive weblogs job over a file; prints its speed as JSON.</summary>
    public static int Naive(string input, string output)
    {
        var time = TimeProvider.System;
        var naive = new NaiveWeblogs(GeoDatabase.Open(null, null));
        var started = time.GetTimestamp();
        naive.Run(input, output);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        System.Console.WriteLine(JsonSerializer.Serialize(new
        {
            events = naive.Read,
            dead = naive.Dead,
            filtered = naive.Filtered,
            errors = naive.Errors,
            windows = naive.Windows,
            seconds = Math.Round(seconds, 3),
            events_per_second = Math.Round(naive.Read / seconds),
        }));
        return 0;
    }

    /// <summary>Writes a file of sample log lines, the same at every run.</summary>
    public static int GenerateWeblogs(string count, string path)
    {
        var lines = long.Parse(count, CultureInfo.InvariantCulture);
        var generator = SampleGenerators.Create("weblogs", Seed);
        var start = new DateTimeOffset(2026, 10, 10, 12, 0, 0, TimeSpan.Zero);
        var output = new ByteBuffer(2 << 20);
        using var file = File.Create(path);
        for (var i = 0L; i < lines; i++)
        {
            generator.Write(i, start.AddSeconds((double)i / LinesPerSecond), output);
            output.WriteByte((byte)'\n');
            if (output.Length > 1 << 20 || i == lines - 1)
            {
                file.Write(output.Written);
                output.Clear();
            }
        }

        return 0;
    }

    /// <summary>Runs the micro benchmarks.</summary>
    public static int Benchmarks(Action run)
    {
        run();
        return 0;
    }
}
