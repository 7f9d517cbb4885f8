using System.CommandLine;
using CloudPump.Cli.Drawing;
using CloudPump.Cli.Looking;
using CloudPump.Lookups;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump lookup list|get|set|load|export`: looks into lookups and fills those of the kind table, also while a host runs on the data folder.</summary>
internal static class LookupCommand
{
    private static readonly Option<string> Pipelines = new("--pipelines") { Description = $"The folder with {LookupSet.FileName}.", DefaultValueFactory = _ => "." };
    private static readonly Option<string?> Data = new("--data") { Description = "The data folder of the host: what lookups of the kind table hold lies there." };
    private static readonly Argument<string> Name = new("name") { Description = "The lookup." };
    private static readonly Argument<string[]> Key = new("key") { Description = "The key; the parts of a composite one as several words.", Arity = ArgumentArity.OneOrMore };

    public static Command Create(CommandContext context) =>
        new("lookup", "Looks into lookups, and fills those of the kind table.") { List(context), Get(context), Set(context), Load(context), Export(context) };

    private static Command List(CommandContext context)
    {
        var command = new Command("list", "Lists the lookups with their kinds and numbers of entries.") { Pipelines, Data };
        command.SetAction(async (parsed, stop) =>
        {
            await using var desk = LookupDesk.Open(context, parsed.GetValue(Pipelines)!, parsed.GetValue(Data));
            foreach (var name in desk.Names)
            {
                var lookup = await desk.LoadAsync(name, stop);
                context.Output.WriteLine($"{name}\t{context.Registry.Of(lookup.Definition).Name}\t{lookup.Table.Count}\t{string.Join(", ", lookup.Definition.Options.Key)}");
            }
        });
        return command;
    }

    private static Command Get(CommandContext context)
    {
        var command = new Command("get", "Writes the entry of a key as JSON; exit code 1 when there is none.") { Name, Key, Pipelines, Data };
        command.SetAction(async (parsed, stop) =>
        {
            await using var desk = LookupDesk.Open(context, parsed.GetValue(Pipelines)!, parsed.GetValue(Data));
            var lookup = await desk.LoadAsync(parsed.GetValue(Name)!, stop);
            var key = LookupDesk.KeyOf(lookup, parsed.GetValue(Key)!);
            if (!lookup.TryFind(key, context.Time.GetUtcNow().UtcTicks, out var entry))
            {
                context.Error.WriteLine($"The lookup '{lookup.Name}' has no such entry.");
                return ExitCode.Wrong;
            }

            context.Output.WriteLine(LookupText.Value(entry)?.ToJsonString(FlowText.Relaxed) ?? "null");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Set(CommandContext context)
    {
        var value = new Option<string?>("--value") { Description = "The value, as JSON; a bare word is a text." };
        var remove = new Option<bool>("--remove") { Description = "Removes the entry." };
        var command = new Command("set", "Sets or removes an entry of a lookup of the kind table.") { Name, Key, value, remove, Pipelines, Data };
        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(value) is null == !parsed.GetValue(remove))
            {
                throw new UsageException("Give either --value JSON or --remove.");
            }

            await using var desk = LookupDesk.Open(context, parsed.GetValue(Pipelines)!, parsed.GetValue(Data));
            var lookup = await desk.LoadAsync(parsed.GetValue(Name)!, stop);
            var key = LookupDesk.KeyOf(lookup, parsed.GetValue(Key)!);
            await desk.WriteAsync(lookup, writer => LookupDesk.Set(writer, key, parsed.GetValue(value), context.Time), stop);
        });
        return command;
    }

    private static Command Load(CommandContext context)
    {
        var file = new Argument<string>("file") { Description = "A CSV file with a header, or JSON or NDJSON, with the lookup's key and values." };
        var command = new Command("load", "Sets the entries of a file in a lookup of the kind table; others stay.") { Name, file, Pipelines, Data };
        command.SetAction(async (parsed, stop) =>
        {
            await using var desk = LookupDesk.Open(context, parsed.GetValue(Pipelines)!, parsed.GetValue(Data));
            var lookup = await desk.LoadAsync(parsed.GetValue(Name)!, stop);
            var table = await desk.ReadAsync(lookup, parsed.GetValue(file)!, stop);
            await desk.WriteAsync(lookup, writer => writer.SetAll(table, context.Time.GetUtcNow().UtcTicks), stop);
            context.Error.WriteLine($"{table.Count} entries loaded into '{lookup.Name}'.");
        });
        return command;
    }

    private static Command Export(CommandContext context)
    {
        var output = new Option<string?>("--output") { Description = "The file; without it standard output." };
        var command = new Command("export", "Writes every entry as a JSON object {key, value}, a line each.") { Name, output, Pipelines, Data };
        command.SetAction(async (parsed, stop) =>
        {
            await using var desk = LookupDesk.Open(context, parsed.GetValue(Pipelines)!, parsed.GetValue(Data));
            var lookup = await desk.LoadAsync(parsed.GetValue(Name)!, stop);
            await using var file = parsed.GetValue(output) is { } path ? new StreamWriter(path) : null;
            foreach (var entry in LookupText.Entries(lookup))
            {
                await (file ?? context.Output).WriteLineAsync(entry.ToJsonString(FlowText.Relaxed));
            }
        });
        return command;
    }
}
