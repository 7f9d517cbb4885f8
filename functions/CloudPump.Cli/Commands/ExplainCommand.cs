using System.CommandLine;
using CloudPump.Cli.Drawing;
using CloudPump.Cli.Explain;
using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump explain FILE --input PATH --event N`: one event's way through a pipeline, step by step.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("file") { Description = "The pipeline file; of several pipelines in it the first." };
        var input = new Option<string>("--input") { Description = "The file with the event.", Required = true };
        var number = new Option<long>("--event")
        {
            Description = "The event's number in the input, from 1 on; empty lines are no events.",
            DefaultValueFactory = _ => 1,
        };
        var data = new Option<string?>("--data") { Description = "The folder of installed data, such as location databases; without it this user's." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("explain", "Shows one event's way through a pipeline: what every step changed, where it went, and why.")
        {
            file, input, number, data, json,
        };
        command.SetAction((parsed, stop) => RunAsync(
            context,
            new Request(parsed.GetValue(file)!, parsed.GetValue(input)!, parsed.GetValue(number), parsed.GetValue(data), parsed.GetValue(json)),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Request request, CancellationToken stop)
    {
        if (request.Event < 1)
        {
            throw new UsageException("--event takes a number from 1 on.");
        }

        var set = context.Loader.Load([request.File]);
        if (set.Pipelines is not [var pipeline, ..])
        {
            throw new UsageException($"'{request.File}' has no pipeline.");
        }

        await using var lookups = new LookupHost(set.Lookups, LookupUses.Of([pipeline], context.Registry), new LookupHostOptions
        {
            Connections = set.Connections,
            Time = context.Time,
            CopyFolder = request.Data,
            Warn = Warn,
        });
        await lookups.OpenAsync(stop);
        var build = new BuildContext
        {
            Pipeline = pipeline.Name,
            Time = context.Time,
            Connections = set.Connections,
            DataFolder = request.Data ?? context.UserData,
            Lookups = lookups,
            Warn = Warn,
        };
        var explanation = await new InputEvent(pipeline, context, build).ExplainAsync(request.Input, request.Event, stop);
        if (request.Json)
        {
            context.Output.WriteLine(ExplanationJson.Of(explanation).ToJsonString(FlowText.Indented));
        }
        else
        {
            new ExplanationText(context.Output).Write(explanation, pipeline, context.Registry);
        }

        return ExitCode.Done;

        void Warn(string text) => context.Error.WriteLine("warning: " + text);
    }

    private sealed record Request(string File, string Input, long Event, string? Data, bool Json);
}
