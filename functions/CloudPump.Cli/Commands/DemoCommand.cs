using System.CommandLine;
using CloudPump.Cli.Running;
using CloudPump.Connectors.Generate;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump demo`: generated web logs through a stream, the weblogs pipeline, its routes and windows, into files.</summary>
internal static class DemoCommand
{
    private const string ResultFolder = "out/demo/";

    // Windows of a minute should close while somebody watches.
    private const double TimeSpeed = 60;

    public static Command Create(CommandContext context)
    {
        var seconds = new Option<double?>("--seconds") { Description = "Stops after so many seconds; without it Ctrl-C stops." };
        var rate = new Option<double>("--rate") { Description = "Events per second.", DefaultValueFactory = _ => 5000 };
        var port = new Option<int?>("--port") { Description = "The dashboard's port (the dashboard is not there yet)." };
        var command = new Command("demo", "Runs generated web logs through the sample pipelines.") { seconds, rate, port };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.GetValue(seconds), parsed.GetValue(rate), parsed.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, double? seconds, double rate, int? port, CancellationToken cancellationToken)
    {
        if (port is not null)
        {
            context.Error.WriteLine("warning: there is no dashboard yet, so --port does nothing.");
        }

        if (rate <= 0 || seconds <= 0)
        {
            throw new UsageException("--rate and --seconds must be more than nothing.");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = seconds is { } after ? context.Time.CreateTimer(_ => stop.Cancel(), null, TimeSpan.FromSeconds(after), Timeout.InfiniteTimeSpan) : null;
        var folder = Path.GetFullPath(ResultFolder);
        var footer = new[] { $"results: {folder}   time runs {TimeSpeed:0} times faster   Ctrl-C stops" };
        var display = context.Terminal is { } terminal ? new RatesDisplay(terminal, context.Time, footer) : null;
        var runner = new HostRunner(context) { Follow = true, Display = display is null ? null : display.Show, Observe = display is null ? null : display.Observe };
        await runner.RunAsync(Pipelines(context, rate, folder), stop.Token);
        context.Error.WriteLine($"The results lie in {folder}");
        return ExitCode.Done;
    }

    private static PipelineSet Pipelines(CommandContext context, double rate, string folder)
    {
        var samples = context.Loader.Load([Path.Combine(SamplePipelines.Folder, "weblogs.yaml")]);
        var generator = Pipeline.Define("generator")
            .From(new GenerateSource { Name = "weblogs", Rate = rate, Speed = TimeSpeed })
            .To(new StreamSink { Name = "weblogs", Partitions = 1 });
        var results = OutputTarget.WithOutput(samples, folder);
        return new PipelineSet([generator, .. results.Reachable()], null, samples.Connections, samples.Lookups);
    }
}
