using CloudPump.Parsers.Patterns;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// Grok as Logstash has it: patterns by name, `%{IP:client}`, with a type `%{INT:bytes:int}`, into objects `%{WORD:[http][method]}`, and regular expressions around them. Patterns run without backtracking; those
/// that are known stand in <see cref="GrokPatterns"/>, more can be added.
/// </summary>
[Component(ComponentKind.Parser, "grok", "Reads events by named patterns, as in Logstash.", Example = "parse: {grok: '%{TIMESTAMP_ISO8601:time} %{LOGLEVEL:level} %{NUMBER:seconds:float} %{GREEDYDATA:text}'}",
    Given = "2026-10-10T13:55:36Z WARN 0.25 slow request", Gives = ["""{"time": "2026-10-10T13:55:36Z", "level": "WARN", "seconds": 0.25, "text": "slow request"}"""])]
public sealed class Grok : ParserDefinition
{
    /// <summary>The patterns to match.</summary>
    [Option("The patterns, tried in order.", Main = true, Required = true)]
    public List<string> Match { get; set; } = [];

    /// <summary>Own patterns.</summary>
    [Option("Patterns of your own, by name.")]
    public NamedList<string> Patterns { get; set; } = [];

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        foreach (var match in Match)
        {
            if (Compile(match, out var problem) is null)
            {
                report.Error(this, "match", $"The pattern '{match}' cannot run: {problem}");
            }
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new PatternParser(
        [.. Match.Select(m => Compile(m, out var problem) ?? throw new DefinitionException([new Diagnostic(LocationOf("match"), $"The pattern '{m}' cannot run: {problem}")]))], context.Fields);

    private CompiledPattern? Compile(string match, out string problem)
    {
        var expansion = new GrokExpansion(Patterns.GroupBy(p => p.Key, StringComparer.Ordinal).ToDictionary(p => p.Key, p => p.Last().Value, StringComparer.Ordinal));
        var text = expansion.Expand(match);
        problem = expansion.Problem.Length > 0 ? expansion.Problem : expansion.Groups.Count == 0 ? "it gives no field; name one as in %{IP:client}." : "";
        return problem.Length > 0 ? null : CompiledPattern.TryCompile(text, expansion.Groups, out problem);
    }
}
