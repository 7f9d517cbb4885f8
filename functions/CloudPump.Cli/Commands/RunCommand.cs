using System.CommandLine;
using CloudPump.Cli.Running;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump run FILE...`: runs pipelines until their input is drained, or for ever with --follow.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var files = new Argument<string[]>("file") { Description = "Pipeline files; pipelines that they send to are found beside them.", Arity = ArgumentArity.OneOrMore };
        var input = new Option<string?>("--input") { Description = "A file, or - for standard input, in place of the first pipeline's sources." };
        var output = new Option<string?>("--output") { Description = "A file or - for the first pipeline's results as NDJSON, or a folder (with / at its end) for those of all." };
        var data = new Option<string?>("--data") { Description = "Keeps positions, windows and dead letters in this folder; an interrupted run goes on from there." };
        var summary = new Option<string?>("--summary") { Description = "Writes the counts as JSON to a file, or - for standard output." };
        var follow = new Option<bool>("--follow") { Description = "Waits for more at the end of the input." };
        var strict = new Option<bool>("--strict") { Description = "Exits with 3 when there are dead letters." };
        var command = new Command("run", "Runs pipelines until their input is drained.") { files, input, output, data, summary, follow, strict };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var paths = parsed.GetValue(files)!;
            var target = parsed.GetValue(output);
            var set = OutputTarget.WithOutput(OutputTarget.WithInput(context.Loader.Load(paths), parsed.GetValue(input)), target);
            var runner = new HostRunner(context)
            {
                Data = parsed.GetValue(data),
                Follow = parsed.GetValue(follow),
                Display = InputProgress.For(context, parsed.GetValue(input)),
                Opened = host => host.Store.RememberDefinitions(paths, target is null or "-" ? target : System.IO.Path.GetFullPath(target) + (target.EndsWith('/') ? "/" : "")),
            };
            var result = await runner.RunAsync(set, cancellationToken);
            await WriteSummaryAsync(context, parsed.GetValue(summary), result);
            return parsed.GetValue(strict) && result.Dead > 0 ? ExitCode.DeadLetters : ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteSummaryAsync(CommandContext context, string? path, RunSummary summary)
    {
        if (path == "-")
        {
            await context.Output.WriteLineAsync(summary.ToJson());
        }
        else if (path is not null)
        {
            await File.WriteAllTextAsync(path, summary.ToJson() + "\n");
        }
    }
}
