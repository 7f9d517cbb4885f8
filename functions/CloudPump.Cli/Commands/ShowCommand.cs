using System.CommandLine;
using System.Text.Json.Nodes;
using CloudPump.Cli.Drawing;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump show FILE`: draws a pipeline and those that it sends to.</summary>
internal static class ShowCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("file") { Description = "The pipeline file." };
        var json = new Option<bool>("--json") { Description = "Print the definition as JSON; a file with several pipelines gives a list." };
        var command = new Command("show", "Draws a pipeline, and the pipelines that it sends to. Secrets show as ***.") { file, json };
        command.SetAction(parsed => Run(context, parsed.GetValue(file)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(CommandContext context, string file, bool asJson)
    {
        var set = context.Loader.Load([file]);
        if (asJson)
        {
            var definitions = set.Pipelines.Select(p => (JsonNode)DefinitionText.Of(p, context.Registry)).ToArray();
            context.Output.WriteLine((definitions is [var single] ? single : new JsonArray(definitions)).ToJsonString(FlowText.Indented));
            return ExitCode.Done;
        }

        var drawing = new PipelineDrawing(context.Output, context.Registry);
        var pipelines = set.Reachable();
        for (var i = 0; i < pipelines.Count; i++)
        {
            context.Output.Write(i == 0 ? "" : context.Output.NewLine);
            var name = pipelines[i].Name;
            drawing.Draw(pipelines[i], [.. pipelines.Where(p => p.Targets.Any(t => t.Pipeline == name)).Select(p => p.Name)]);
        }

        return ExitCode.Done;
    }
}
