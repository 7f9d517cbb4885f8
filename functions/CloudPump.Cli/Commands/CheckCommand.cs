using System.CommandLine;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump check [PATH...]`: every mistake as file:line:column: error: text.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context)
    {
        var paths = new Argument<string[]>("path") { Description = "Pipeline files, or folders of them.", DefaultValueFactory = _ => ["."] };
        var command = new Command("check", "Checks pipeline files and prints every mistake with its place.") { paths };
        command.SetAction(parsed => Run(context, parsed.GetValue(paths)!));
        return command;
    }

    private static int Run(CommandContext context, string[] paths)
    {
        var set = context.Loader.Load(paths, out var diagnostics);
        foreach (var diagnostic in diagnostics)
        {
            context.Output.WriteLine(diagnostic);
        }

        var errors = diagnostics.Count(d => !d.IsWarning);
        context.Error.WriteLine(errors == 0 ? $"{set.Pipelines.Count} pipeline(s), no mistakes" : $"{errors} mistake(s)");
        return errors == 0 ? ExitCode.Done : ExitCode.Wrong;
    }
}
