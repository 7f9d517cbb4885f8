using System.CommandLine;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Testing;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump test [PATH...]`: runs the unit tests inside the pipeline files.</summary>
internal static class TestCommand
{
    private const string DefaultFolder = "functions/pipelines";

    public static Command Create(CommandContext context)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = $"Pipeline files or folders. Without any: ./{DefaultFolder} if there is one, else this folder.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("test", "Runs the unit tests inside the pipeline files (their part 'tests').") { paths };
        command.SetAction(parsed => Run(context, parsed.GetValue(paths) ?? []));
        return command;
    }

    private static int Run(CommandContext context, string[] paths)
    {
        var set = context.Loader.Load(paths.Length > 0 ? paths : [Directory.Exists(DefaultFolder) ? DefaultFolder : "."]);
        var runner = new PipelineTestRunner(context.Registry, set);
        var (passed, failed) = (0, 0);
        foreach (var result in set.Pipelines.SelectMany(runner.Run))
        {
            Print(context.Output, result);
            passed += result.Passed ? 1 : 0;
            failed += result.Passed ? 0 : 1;
        }

        if (passed + failed == 0)
        {
            context.Error.WriteLine("There are no tests in these files; a pipeline file has them in its part 'tests'. See: cloudpump help --markdown");
        }

        context.Output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? ExitCode.Done : ExitCode.Wrong;
    }

    private static void Print(TextWriter output, PipelineTestResult result)
    {
        var name = $"{result.Pipeline}: {result.Test.Name}";
        if (result.Passed)
        {
            output.WriteLine($"ok {name}");
            return;
        }

        output.WriteLine($"FAILED {name} ({result.Test.Location})");
        foreach (var difference in result.Differences)
        {
            output.WriteLine("  " + difference);
        }
    }
}
