using System.Globalization;
using System.Text;
using CloudPump.Connectors.Generate;
using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.App;

/// <summary>Input for the sample pipelines, and what they make of it on one machine.</summary>
internal static class SampleInput
{
    public static IReadOnlyList<string> Of(string sample, int count) => sample switch
    {
        "weblogs" or "path_watch" => Generated("weblogs", count),
        "logins" or "sensors" => Generated(sample, count),
        "checkout" => [.. Clicks(count)],
        "registrations" => [.. Registrations(count)],
        _ => throw new ArgumentException($"There is no input for '{sample}'.", nameof(sample)),
    };

    /// <summary>Runs a sample on the embedded host; gives the lines of every pipeline, sorted.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> RunEmbeddedAsync(string sample, IReadOnlyList<string> input, IEnumerable<string> pipelines)
    {
        using var run = new CliRun();
        var file = run.File("input", string.Join('\n', input) + "\n");
        Assert.Equal(0, await run.RunAsync("run", Repository.Path($"functions/pipelines/{sample}.yaml"), "--input", file, "--output", Path.Combine(run.Folder, "out/")));
        return pipelines.ToDictionary(p => p, p => Lines(Path.Combine(run.Folder, "out", p + ".ndjson")), StringComparer.Ordinal);
    }

    private static IReadOnlyList<string> Lines(string path) => File.Exists(path) ? [.. File.ReadAllLines(path).Order(StringComparer.Ordinal)] : [];

    private static List<string> Generated(string generator, int count)
    {
        var (events, line, source) = (new List<string>(), new ByteBuffer(), SampleGenerators.Create(generator, 7));
        for (var n = 0L; n < count; n++)
        {
            line.Clear();
            source.Write(n, SampleTime.Of(n), line);
            events.Add(Encoding.UTF8.GetString(line.Written).TrimEnd('\n'));
        }

        return events;
    }

    private static IEnumerable<string> Clicks(int count)
    {
        var random = new Random(7);
        string[] steps = ["view", "view", "view", "cart", "paid"];
        for (var n = 0; n < count; n++)
        {
            var time = new DateTimeOffset(2026, 10, 10, 12, 0, 0, TimeSpan.Zero).AddSeconds(n * 3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            yield return $$"""{"timestamp":"{{time}}","visitor":"v{{random.Next(200)}}","step":"{{steps[random.Next(steps.Length)]}}","product":"p{{random.Next(50)}}","value":{{random.Next(100)}},"referrer":"search"}""";
        }
    }

    private static IEnumerable<string> Registrations(int count)
    {
        var random = new Random(7);
        for (var n = 0; n < count; n++)
        {
            var time = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddHours(n).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            yield return $$"""{"ip_address":"{{random.Next(1, 224)}}.{{random.Next(4)}}.7.1","email_address":"u{{n}}@example.org","EVENT_TIMESTAMP":"{{time}}"}""";
        }
    }
}
