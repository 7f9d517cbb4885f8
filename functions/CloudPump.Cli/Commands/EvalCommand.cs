using System.CommandLine;
using System.Text;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Parsers;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Commands;

/// <summary>`cloudpump eval EXPRESSION [--event JSON]`: prints the value of a CEL expression as JSON.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandContext context)
    {
        var expression = new Argument<string>("expression") { Description = "A CEL expression." };
        var json = new Option<string>("--event") { Description = "The event as a JSON object; its members are the fields.", DefaultValueFactory = _ => "{}" };
        var command = new Command("eval", "Evaluates a CEL expression and prints the value as JSON.") { expression, json };
        command.SetAction(parsed => Run(context, parsed.GetValue(expression)!, parsed.GetValue(json)!));
        return command;
    }

    private static int Run(CommandContext context, string text, string json)
    {
        Expression expression;
        try
        {
            expression = Expression.Parse(text);
        }
        catch (ExpressionException e)
        {
            throw new UsageException($"(expression):1:{e.Offset + 1}: error: {e.Message}");
        }

        var build = new BuildContext { Pipeline = "eval", Time = context.Time };
        var batch = new EventBatch(build.Fields);
        batch.AddOrigin(new Origin("eval", 0));
        var bytes = Encoding.UTF8.GetBytes(json);
        batch.Add(new EventHeader { RawOffset = batch.Append(bytes), RawLength = bytes.Length, Received = context.Time.GetUtcNow().Ticks });
        new Json().Build(build).Process(batch);
        if (batch.Failures.Count > 0)
        {
            throw new UsageException($"--event: {batch.Failures[0].Reason}");
        }

        var value = expression.Compile(build.Fields).Evaluate(batch, 0);
        if (value.IsError)
        {
            context.Error.WriteLine($"error: {value.Reason}");
            return ExitCode.Failed;
        }

        var output = new ByteBuffer();
        ValueJson.Write(output, value);
        context.Output.WriteLine(Encoding.UTF8.GetString(output.Written));
        return ExitCode.Done;
    }
}
