using System.CommandLine;
using CloudPump.Cli.Running;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump serve [DIR]`: every pipeline of a folder, continuously.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var folder = new Argument<string>("dir") { Description = "The folder of pipeline files.", DefaultValueFactory = _ => "." };
        var port = new Option<int?>("--port") { Description = "The dashboard's port (the dashboard is not there yet)." };
        var data = new Option<string>("--data") { Description = "Keeps positions, windows and dead letters in this folder.", DefaultValueFactory = _ => ".cloudpump" };
        var command = new Command("serve", "Runs every pipeline of a folder until it is stopped; it goes on where it was at the next start.") { folder, port, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(port) is not null)
            {
                context.Error.WriteLine("warning: there is no dashboard yet, so --port does nothing.");
            }

            var path = parsed.GetValue(folder)!;
            var set = context.Loader.Load([path]);
            if (set.Pipelines.Count == 0)
            {
                throw new UsageException($"There is no pipeline file in '{path}'.");
            }

            var display = context.Terminal is { } terminal ? new RatesDisplay(terminal, context.Time, [$"data: {Path.GetFullPath(parsed.GetValue(data)!)}   Ctrl-C stops"]) : null;
            await new HostRunner(context)
            {
                Data = parsed.GetValue(data),
                Follow = true,
                Display = display is null ? null : display.Show,
                Observe = display is null ? null : display.Observe,
                Opened = host => host.Store.RememberDefinitions(set.Pipelines.Select(p => p.Location.File), output: null),
            }.RunAsync(set, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
