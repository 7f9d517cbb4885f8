using System.CommandLine;
using CloudPump.Cli.Reference;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump list [KIND]`: the components that there are.</summary>
internal static class ListCommand
{
    public static Command Create(CommandContext context)
    {
        var kind = new Argument<string?>("kind")
        {
            Description = $"Only these: {string.Join(", ", KindWords.All)}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("list", "Lists the sources, processors, sinks and connections that there are.") { kind };
        command.SetAction(parsed => Run(context, parsed.GetValue(kind)));
        return command;
    }

    private static int Run(CommandContext context, string? word)
    {
        var kinds = word is null ? Enum.GetValues<ComponentKind>() : KindWords.Parse(word)
            ?? throw new UsageException(Unknown(word));
        var components = context.Registry.All.Where(c => kinds.Contains(c.Kind)).ToList();
        var width = components.Select(c => c.Name.Length).DefaultIfEmpty(0).Max();
        var first = true;
        foreach (var group in components.GroupBy(c => c.Kind))
        {
            context.Output.Write(first ? "" : context.Output.NewLine);
            first = false;
            context.Output.WriteLine(KindWords.Heading(group.Key));
            foreach (var component in group)
            {
                context.Output.WriteLine($"  {component.Name.PadRight(width)}  {component.Help}");
            }
        }

        if (components.Count == 0)
        {
            context.Output.WriteLine($"There are no {word} yet.");
        }

        return ExitCode.Done;
    }

    private static string Unknown(string word)
    {
        var hint = Nearest.Hint(word.ToLowerInvariant(), KindWords.Hints);
        return $"There is no kind of component '{word}'.{hint} There are: {string.Join(", ", KindWords.All)}.";
    }
}
