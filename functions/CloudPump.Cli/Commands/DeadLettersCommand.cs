using System.CommandLine;
using CloudPump.Cli.Running;
using CloudPump.Embedded;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump deadletters list|show|replay|purge --data DIR`.</summary>
internal static class DeadLettersCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new DeadLetterOptions();
        return new Command("deadletters", "Looks at events that could not be processed, and replays them after a fix.")
        {
            List(context, options), Show(context, options), Replay(context, options), Purge(context, options),
        };
    }

    private static Command List(CommandContext context, DeadLetterOptions options)
    {
        var command = new Command("list", "Lists dead letters, oldest first.") { options.Data, options.Pipeline, options.Json };
        command.SetAction(parsed =>
        {
            using var store = EmbeddedStore.Open(parsed.GetValue(options.Data)!);
            var letters = store.DeadLetters(parsed.GetValue(options.Pipeline));
            foreach (var letter in letters)
            {
                context.Output.WriteLine(parsed.GetValue(options.Json) ? DeadLetterText.Json(letter) : DeadLetterText.Line(letter));
            }

            context.Error.WriteLine($"{letters.Count} dead letter(s)");
        });
        return command;
    }

    private static Command Show(CommandContext context, DeadLetterOptions options)
    {
        var raw = new Option<bool>("--raw") { Description = "Writes just the original bytes." };
        var id = new Argument<long>("id") { Description = "The number that list shows." };
        var command = new Command("show", "Shows one dead letter with its original bytes.") { id, options.Data, options.Json, raw };
        command.SetAction(parsed =>
        {
            using var store = EmbeddedStore.Open(parsed.GetValue(options.Data)!);
            var letter = store.FindDeadLetter(parsed.GetValue(id)) ?? throw new UsageException($"There is no dead letter {parsed.GetValue(id)}.");
            if (parsed.GetValue(raw))
            {
                using var output = context.OutputStream();
                output.Write(letter.Letter.Raw);
            }
            else
            {
                context.Output.WriteLine(parsed.GetValue(options.Json) ? DeadLetterText.Json(letter) : DeadLetterText.Whole(letter));
            }
        });
        return command;
    }

    private static Command Replay(CommandContext context, DeadLetterOptions options)
    {
        var pipelines = new Option<string[]>("--pipelines") { Description = "Pipeline files; without it those that ran with the store.", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string?>("--output") { Description = "Where results go; without it where the last run wrote." };
        var command = new Command("replay", "Replays dead letters: each resumes at the processor that failed.") { options.Id, options.Data, options.Pipeline, pipelines, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var data = parsed.GetValue(options.Data)!;
            using (var store = EmbeddedStore.Open(data))
            {
                context.Error.WriteLine($"{store.Replay(parsed.GetValue(options.Pipeline), parsed.GetValue(options.Id))} dead letter(s) to replay");
            }

            await new Replay(context, data).RunAsync(parsed.GetValue(pipelines) ?? [], parsed.GetValue(output), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Purge(CommandContext context, DeadLetterOptions options)
    {
        var command = new Command("purge", "Deletes dead letters: one, those of a pipeline, or all.") { options.Id, options.Data, options.Pipeline };
        command.SetAction(parsed =>
        {
            using var store = EmbeddedStore.Open(parsed.GetValue(options.Data)!);
            context.Error.WriteLine($"{store.Purge(parsed.GetValue(options.Pipeline), parsed.GetValue(options.Id))} dead letter(s) deleted");
        });
        return command;
    }

    private sealed class DeadLetterOptions
    {
        public Option<string> Data { get; } = new("--data") { Description = "The data folder of the run.", Required = true };

        public Option<string?> Pipeline { get; } = new("--pipeline") { Description = "Only those of this pipeline." };

        public Option<bool> Json { get; } = new("--json") { Description = "One JSON object per line." };

        public Argument<long?> Id { get; } = new("id") { Description = "Only this one.", Arity = ArgumentArity.ZeroOrOne };
    }
}
