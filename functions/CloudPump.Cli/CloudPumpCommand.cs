using System.CommandLine;
using CloudPump.Cli.Commands;
using CloudPump.Embedded;
using CloudPump.Lookups;
using CloudPump.Lookups.Mmdb;
using CloudPump.Pipelines;

namespace CloudPump.Cli;

/// <summary>The root command: parses, runs the command, and turns failures into messages and exit codes.</summary>
internal static class CloudPumpCommand
{
    /// <summary>Runs a command line; returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, CommandContext context, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("CloudPump: stream processing for Azure and for one machine. A pipeline is one YAML file.")
        {
            RunCommand.Create(context),
            DemoCommand.Create(context),
            ServeCommand.Create(context),
            CheckCommand.Create(context),
            DeadLettersCommand.Create(context),
            LatchCommand.Create(context),
            LookupCommand.Create(context),
            EvalCommand.Create(context),
            TestCommand.Create(context),
            GenerateCommand.Create(context),
            ListCommand.Create(context),
            HelpCommand.Create(context),
            ShowCommand.Create(context),
            GeoipCommand.Create(context),
            ExplainCommand.Create(context),
            BenchCommand.Create(context),
            InfraCommand.Create(context),
        };

        // The names of npm packages begin with @, which would otherwise mean a file of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await context.Error.WriteLineAsync(error.Message);
            }

            await context.Error.WriteLineAsync("See: cloudpump --help");
            return ExitCode.Wrong;
        }

        try
        {
            var configuration = new InvocationConfiguration { Output = context.Output, Error = context.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception e) when (MessageOf(e) is { } failure)
        {
            await context.Error.WriteLineAsync(failure.Message);
            return failure.Code;
        }
    }

    private static (string Message, int Code)? MessageOf(Exception e) => e switch
    {
        DefinitionException or UsageException => (e.Message, ExitCode.Wrong),
        PipelineFailedException => ($"error: {e.Message} What was committed is safe: put the cause right and run again; with --data it goes on where it was.", ExitCode.Failed),
        StoreException or MmdbException or LookupException or IOException or UnauthorizedAccessException => ("error: " + e.Message, ExitCode.Failed),
        _ => null,
    };
}
