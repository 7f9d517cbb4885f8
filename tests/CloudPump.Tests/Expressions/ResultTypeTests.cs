using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

/// <summary>What the type pass believes of functions is what they do, for values of every type in every place.</summary>
public sealed class ResultTypeTests
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "3", "2u", "1.5", "-0.5", "''", "'12'", "'2026-10-10T00:00:00Z'", "'5m'", "'10.0.0.0/8'", "'sha256'", "b'a'",
        "timestamp(5)", "duration('1s')", "[]", "[1, 2]", "['a']", "[1.5, 1]", "{}", "{'a': 1}", "type(1)",
    ];

    [Fact]
    public void The_pass_refuses_what_always_fails_and_knows_what_is_yielded()
    {
        var row = new Row();
        var checks = 0;
        foreach (var (name, isMember, count) in Functions())
        {
            foreach (var arguments in Tuples(count))
            {
                var text = Call(name, isMember, arguments);
                var value = Expression.ParseUnchecked(text).Compile(row.Batch.Fields).Evaluate(row.Batch, row.Number);
                Check(text, value);
                Check(Call(name, isMember, [.. arguments.Select(a => $"dyn({a})")]), value);
                Check(Call(name, isMember, [$"dyn({arguments[0]})", .. arguments.Skip(1)]), value);
                checks++;
            }
        }

        Assert.True(checks > 10_000, $"{checks}");
    }

    private static void Check(string text, in Value value)
    {
        Expression expression;
        try
        {
            expression = Expression.Parse(text);
        }
        catch (ExpressionException mistake)
        {
            Assert.True(value.IsError, $"{text} yields {value}, but it is refused: {mistake.Message}");
            Assert.InRange(mistake.Offset, 0, text.Length);
            return;
        }

        if (!value.IsError && expression.ResultType is { } kind)
        {
            Assert.True(kind == value.Kind, $"{text} yields {value.Kind}, not {kind}");
        }

        // Of constants all is known, so nothing may be left to fail but for what an entry that is not there may mean.
        if (value.IsError && !text.Contains("dyn(", StringComparison.Ordinal) && !value.IsMissing)
        {
            Assert.Fail($"{text} fails, but is let pass: {value.Reason}");
        }
    }

    // Those of one and two arguments; what depends on the event is left out.
    private static IEnumerable<(string Name, bool IsMember, int Count)> Functions()
    {
        string[] operators = ["_+_", "_-_", "_*_", "_/_", "_%_", "_<_", "_>=_", "@in", "_[_]"];
        foreach (var name in operators)
        {
            yield return (name, false, 2);
        }

        foreach (var name in FunctionTable.Default.Names.Where(n => n is not ("now" or "uuid" or "sample" or "lookup" or "dyn")))
        {
            foreach (var isMember in (bool[])[false, true])
            {
                foreach (var count in (int[])[1, 2])
                {
                    if (FunctionTable.Default.Find(name, isMember, count) is not null)
                    {
                        yield return (name, isMember, count);
                    }
                }
            }
        }
    }

    private static IEnumerable<string[]> Tuples(int count) => count == 1
        ? Values.Select(v => new[] { v })
        : Values.SelectMany(v => Values.Select(w => new[] { v, w }));

    private static string Call(string name, bool isMember, string[] arguments) => name switch
    {
        "_[_]" => $"({arguments[0]})[{arguments[1]}]",
        "@in" => $"({arguments[0]}) in ({arguments[1]})",
        _ when name[0] == '_' => $"({arguments[0]}) {name.Trim('_')} ({arguments[1]})",
        _ when isMember => $"({arguments[0]}).{name}({string.Join(", ", arguments.Skip(1))})",
        _ => $"{name}({string.Join(", ", arguments)})",
    };
}
