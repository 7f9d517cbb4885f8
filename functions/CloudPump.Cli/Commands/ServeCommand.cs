using System.CommandLine;
using System.Net;
using CloudPump.Cli.Running;
using CloudPump.Cli.Serving;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump serve [DIR]`: every pipeline of a folder, continuously.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var folder = new Argument<string>("dir") { Description = "The folder of pipeline files.", DefaultValueFactory = _ => "." };
        var port = new Option<int?>("--port") { Description = "Publishes the lookups on this port, for instances that follow them (the dashboard comes here too, and is not there yet)." };
        var listen = new Option<string>("--listen") { Description = "The address to listen on; 0.0.0.0 for all of this machine's.", DefaultValueFactory = _ => "127.0.0.1" };
        var data = new Option<string>("--data") { Description = "Keeps positions, windows and dead letters in this folder.", DefaultValueFactory = _ => ".cloudpump" };
        var command = new Command("serve", "Runs every pipeline of a folder until it is stopped; it goes on where it was at the next start.") { folder, port, listen, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!IPAddress.TryParse(parsed.GetValue(listen), out var address))
            {
                throw new UsageException("--listen takes an address such as 127.0.0.1.");
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
                Serve = parsed.GetValue(port) is { } number ? host => LookupServer.StartAsync(host, address, number, cancellationToken) : null,
                Opened = host => host.Store.RememberDefinitions(set.Pipelines.Select(p => p.Location.File), output: null),
            }.RunAsync(set, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
