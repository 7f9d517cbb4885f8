using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CloudPump.Benchmarks;

/// <summary>
/// The weblogs pipeline against the same job written the usual way, on the same file, in turn, each in a process of its own; prints the medians
/// and their ratio. The seconds are each program's own: from the first read to the last write.
/// </summary>
internal static class Comparison
{
    public static int Run(string input, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("cloudpump-compare-").FullName;
        var pipeline = Path.Combine(AppContext.BaseDirectory, "pipelines", "weblogs.yaml");
        var naive = new List<double>();
        var engine = new List<JsonElement>();
        for (var round = 0; round < rounds; round++)
        {
            engine.Add(Start("CloudPump.Cli.dll", "run", pipeline, "--input", input, "--output", Path.Combine(folder, "out/"), "--summary", "-"));
            naive.Add(Start("CloudPump.Benchmarks.dll", "naive", input, Path.Combine(folder, "naive.ndjson")).GetProperty("seconds").GetDouble());
        }

        Directory.Delete(folder, recursive: true);
        var events = engine[0].GetProperty("pipelines").GetProperty("weblogs").GetProperty("received").GetInt64();
        var seconds = Median(engine.Select(e => e.GetProperty("seconds").GetDouble()));
        var allocated = Median(engine.Select(e => e.GetProperty("allocated_bytes").GetDouble()));
        var memory = Median(engine.Select(e => e.GetProperty("peak_memory_bytes").GetDouble()));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cloudpump  {seconds:0.000} s  {events / seconds:N0} events/s  {allocated / events:0.0} bytes allocated per event  {memory / 1048576:N0} MB at most"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"naive      {Median(naive):0.000} s  {events / Median(naive):N0} events/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio      {Median(naive) / seconds:0.0}"));
        return 0;
    }

    private static JsonElement Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return JsonDocument.Parse(output).RootElement;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
