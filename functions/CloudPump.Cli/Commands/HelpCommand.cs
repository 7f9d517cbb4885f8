using System.CommandLine;
using CloudPump.Cli.Reference;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump help NAME`: one component's reference; `--markdown`: the whole reference.</summary>
internal static class HelpCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string?>("name") { Description = "A component, such as access_log; see: cloudpump list", Arity = ArgumentArity.ZeroOrOne };
        var markdown = new Option<bool>("--markdown") { Description = "Write the whole reference as Markdown." };
        var command = new Command("help", "Shows what a component does and its options.") { name, markdown };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(markdown))
            {
                context.Output.Write(MarkdownReference.Of(context.Registry));
                return ExitCode.Done;
            }

            var commands = parsed.RootCommandResult.Command.Subcommands.Select(c => c.Name);
            return Run(context, parsed.GetValue(name), [.. commands]);
        });
        return command;
    }

    private static int Run(CommandContext context, string? name, IReadOnlyList<string> commands)
    {
        if (name is null)
        {
            throw new UsageException("Say which component: cloudpump help NAME. The names: cloudpump list. The commands: cloudpump --help");
        }

        var found = context.Registry.All.Where(c => c.Name == name).ToList();
        if (found.Count == 0)
        {
            throw new UsageException(Unknown(name, context.Registry, commands));
        }

        for (var i = 0; i < found.Count; i++)
        {
            context.Output.Write(i == 0 ? "" : context.Output.NewLine);
            ComponentText.Write(context.Output, found[i]);
        }

        return ExitCode.Done;
    }

    private static string Unknown(string name, ComponentRegistry registry, IReadOnlyList<string> commands)
    {
        if (name == "parse")
        {
            return $"'parse' takes a parser; ask for one of them: {string.Join(", ", registry.Names(ComponentKind.Parser))}.";
        }

        return commands.Contains(name, StringComparer.Ordinal)
            ? $"'{name}' is no component but a command; see: cloudpump {name} --help"
            : $"There is no component '{name}'.{Nearest.Hint(name, registry.All.Select(c => c.Name).Distinct(StringComparer.Ordinal))} See: cloudpump list";
    }
}
