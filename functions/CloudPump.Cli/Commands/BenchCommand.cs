using System.CommandLine;
using System.Text;
using System.Text.Json;
using CloudPump.Analyzers.Detectors;
using CloudPump.Cli.Bench;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump bench nab DIR`: measures the anomaly detectors.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandContext context) => new("bench", "Measures CloudPump on published benchmarks.") { Nab(context) };

    private static Command Nab(CommandContext context)
    {
        var folder = new Argument<string>("dir") { Description = "A folder of the Numenta Anomaly Benchmark: data/, labels/ and profiles.json." };
        var json = new Option<bool>("--json") { Description = "Prints the scores as JSON, those of every file among them." };
        var detector = new Option<string>("--detector")
        {
            Description = $"The detector: {string.Join(", ", Names())}.",
            DefaultValueFactory = _ => Name(DetectorKind.Auto),
        };
        var command = new Command("nab", "Scores a detector of anomalies on the Numenta Anomaly Benchmark.") { folder, json, detector };
        command.SetAction(parsed =>
        {
            var run = NabRun.Of(NabCorpus.Read(parsed.GetValue(folder)!), Kind(parsed.GetValue(detector)!), context.Time);
            Print(context.Output, run, parsed.GetValue(json));
        });
        return command;
    }

    private static void Print(TextWriter output, NabRun run, bool asJson)
    {
        if (!asJson)
        {
            NabReport.Print(output, run);
            return;
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            run.WriteJson(json);
        }

        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static DetectorKind Kind(string name)
    {
        foreach (var kind in Enum.GetValues<DetectorKind>())
        {
            if (Name(kind) == name)
            {
                return kind;
            }
        }

        throw new UsageException($"There is no detector '{name}'.{Nearest.Hint(name, Names())} There are: {string.Join(", ", Names())}.");
    }

    private static string[] Names() => [.. Enum.GetValues<DetectorKind>().Select(Name)];

    // RobustZ is robust_z, as names of options are written in pipelines.
    private static string Name(DetectorKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
