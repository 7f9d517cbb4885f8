using System.CommandLine;
using System.Text;
using CloudPump.Analyzers;
using CloudPump.Embedded;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump latch list|show --data DIR`: the last events of each key, also while a host runs on the store.</summary>
internal static class LatchCommand
{
    public static Command Create(CommandContext context)
    {
        var data = new Option<string>("--data") { Description = "The data folder of the run.", Required = true };
        return new Command("latch", "Looks at the last events of each key, which latches keep.") { List(context, data), Show(context, data) };
    }

    private static Command List(CommandContext context, Option<string> data)
    {
        var command = new Command("list", "Lists the latches of a store.") { data };
        command.SetAction(parsed =>
        {
            using var store = EmbeddedStore.Open(parsed.GetValue(data)!);
            foreach (var latch in Latches(store, context.Registry))
            {
                context.Output.WriteLine(NameOf(latch));
            }
        });
        return command;
    }

    private static Command Show(CommandContext context, Option<string> data)
    {
        var name = new Argument<string>("name") { Description = "The latch: NAME, or PIPELINE/NAME." };
        var where = new Option<string?>("--where") { Description = "Only keys that meet this expression over the dimensions, such as \"sensor == 's-0001'\"." };
        var command = new Command("show", "Writes what a latch holds: one JSON object per event, by key, oldest first.") { name, data, where };
        command.SetAction(parsed =>
        {
            using var store = EmbeddedStore.Open(parsed.GetValue(data)!);
            var latches = Latches(store, context.Registry).ToList();
            var wanted = parsed.GetValue(name)!;
            var latch = latches.Find(l => NameOf(l) == wanted || l.Definition.Name == wanted)
                ?? throw new UsageException($"There is no latch '{wanted}' in this store.{Nearest.Hint(wanted, latches.Select(NameOf))}");
            Write(context, store, latch, Condition(parsed.GetValue(where)));
        });
        return command;
    }

    private static Expression? Condition(string? text)
    {
        try
        {
            return text is null ? null : Expression.Parse(text);
        }
        catch (ExpressionException e)
        {
            throw new UsageException($"--where, at character {e.Offset + 1}: {e.Message}");
        }
    }

    private static void Write(CommandContext context, EmbeddedStore store, AnalyzerKey latch, Expression? where)
    {
        var (json, line) = (new EventJsonWriter(), new ByteBuffer());
        store.TryRead(latch, results =>
        {
            var condition = where?.CompileCondition(results.Events.Fields);
            foreach (var row in results.Events.Rows)
            {
                if (condition is null || condition.Test(results.Events, row, out _))
                {
                    line.Clear();
                    json.Write(line, results.Events, row);
                    context.Output.WriteLine(Encoding.UTF8.GetString(line.Written));
                }
            }
        });
    }

    private static IEnumerable<AnalyzerKey> Latches(EmbeddedStore store, ComponentRegistry registry) => store.Analyzers(registry).Where(a => a.Definition is Latch);

    private static string NameOf(AnalyzerKey analyzer) => analyzer.Key[..analyzer.Key.LastIndexOf('@')];
}
