using System.CommandLine;
using CloudPump.Cli.Generate;
using CloudPump.Connectors.Generate;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump generate NAME`: writes sample events, one per line.</summary>
internal static class GenerateCommand
{
    private const string StandardOutput = "-";

    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("name") { Description = $"The events: {string.Join(", ", SampleGenerators.Names)}." };
        var count = new Option<long>("--count") { Description = "How many; 0 with --rate means for ever.", DefaultValueFactory = _ => 1000 };
        var rate = new Option<double?>("--rate")
        {
            Description = "Events per second, with the present time; without it as fast as possible, 1,000 to a second of event time.",
        };
        var seed = new Option<long>("--seed") { Description = "Another seed gives other events.", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--output") { Description = "The file; - is standard output.", DefaultValueFactory = _ => StandardOutput };
        var command = new Command("generate", "Writes sample events, one per line.") { name, count, rate, seed, output };
        command.SetAction((parsed, stop) => RunAsync(
            context,
            new Request(parsed.GetValue(name)!, parsed.GetValue(count), parsed.GetValue(rate), parsed.GetValue(seed), parsed.GetValue(output)!),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Request request, CancellationToken stop)
    {
        Check(request);
        var toFile = request.Output != StandardOutput;
        await using var output = toFile ? OpenFile(request.Output) : context.OutputStream();
        var terminal = toFile ? context.Terminal : null;
        await Progress.ShowAsync(terminal, request.Name, isBytes: false, report => WriteAsync(context, request, output, report, stop));
        return ExitCode.Done;
    }

    private static async Task<bool> WriteAsync(
        CommandContext context, Request request, Stream output, Action<long, long?> report, CancellationToken stop)
    {
        long? total = request.Count > 0 ? request.Count : null;
        var lines = new LineStream(SampleGenerators.Create(request.Name, request.Seed), output, context.Time, done => report(done, total));
        try
        {
            await (request.Rate is { } rate ? lines.WriteAsync(request.Count, rate, stop) : lines.WriteAsync(request.Count, stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && request.Rate is not null)
        {
            // Ctrl-C is how an endless run ends; what was written is whole lines.
        }

        return true;
    }

    private static void Check(Request request)
    {
        if (!SampleGenerators.Names.Contains(request.Name, StringComparer.Ordinal))
        {
            var hint = Nearest.Hint(request.Name, SampleGenerators.Names);
            throw new UsageException($"There are no sample events '{request.Name}'.{hint} There are: {string.Join(", ", SampleGenerators.Names)}.");
        }

        if (request.Count < 0 || (request.Count == 0 && request.Rate is null))
        {
            throw new UsageException("--count takes a number from 1 on; 0 (for ever) goes only with --rate.");
        }

        if (request.Rate is { } rate && !(rate > 0 && double.IsFinite(rate)))
        {
            throw new UsageException("--rate takes a number of events per second above 0.");
        }
    }

    private static FileStream OpenFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private sealed record Request(string Name, long Count, double? Rate, long Seed, string Output);
}
