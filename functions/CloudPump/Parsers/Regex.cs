using CloudPump.Events;
using CloudPump.Parsers.Patterns;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// A regular expression of .NET, whose named groups become fields. It runs without backtracking, so no event can make it slow: what looks around or refers back is refused. It may match anywhere in the event; ^
/// and $ bind it to the ends.
/// </summary>
[Component(ComponentKind.Parser, "regex", "Reads events by a regular expression; its named groups become fields.",
    Example = "parse: {regex: {pattern: '^(?<level>[A-Z]+) \\[(?<thread>[^\\]]*)\\] (?<ms>\\d+) (?<text>.*)$', types: {ms: int}}}", Given = "WARN [main] 250 slow request",
    Gives = ["""{"level": "WARN", "thread": "main", "ms": 250, "text": "slow request"}"""])]
public sealed class Regex : ParserDefinition
{
    /// <summary>The expression.</summary>
    [Option("The regular expression, with named groups such as (?<user>\\w+).", Main = true, Required = true)]
    public string Pattern { get; set; } = "";

    /// <summary>Types.</summary>
    [Option("Group to type; the others stay text.")]
    public NamedList<FieldType> Types { get; set; } = [];

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Compile(out var problem) is not { } compiled)
        {
            report.Error(this, "pattern", $"The pattern cannot run: {problem}");
            return;
        }

        foreach (var (name, _) in Types.Where(t => compiled.Groups.All(g => g.Name != t.Key)))
        {
            report.Error(this, "types", $"The pattern has no group '{name}'.{Nearest.Hint(name, compiled.Groups.Select(g => g.Name))}");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var compiled = Compile(out var problem) ?? throw new DefinitionException([new Diagnostic(LocationOf("pattern"), $"The pattern cannot run: {problem}")]);
        return new PatternParser([compiled], context.Fields);
    }

    private CompiledPattern? Compile(out string problem) =>
        CompiledPattern.TryCompile(Pattern, null, out problem) is { } all
            ? CompiledPattern.TryCompile(Pattern, [.. all.Groups.Select(g => g with { Type = Types.Find(t => t.Key == g.Name).Value })], out problem)
            : null;
}
