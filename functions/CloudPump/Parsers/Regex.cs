using CloudPump.Events;
using CloudPump.Parsers.Patterns;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// A regular expression whose named groups become fields: `(?&lt;name&gt;...)`, or `(?P&lt;name&gt;...)`; a name such as a.b leads into an object. It is found anywhere in the event,
/// unless ^ and $ hold it; (?i) ignores case, (?s) lets . match line ends. A group that took no part gives no field. It runs without backtracking, in a time linear in the
/// event's length, so looking ahead or behind, references to groups and atomic groups are not to be had. The runtime's matching allocates a string and a match object per
/// event; `grok` has ready-made parts, and `csv`, `key_value` and `access_log` are many times faster where they fit.
/// </summary>
[Component(ComponentKind.Parser, "regex", "Reads events by a regular expression; its named groups become fields.",
    Example = "parse: {regex: {pattern: '^(?<level>\\w+) (?<code>\\d+): (?<text>.*)$', types: {code: int}}}", Given = "WARN 17: disk é is full",
    Gives = ["""{"level": "WARN", "code": 17, "text": "disk é is full"}"""])]
public sealed class Regex : ParserDefinition
{
    /// <summary>The pattern.</summary>
    [Option("The regular expression; the groups (?<name>...) become fields.", Main = true, Required = true)]
    public string Pattern { get; set; } = "";

    /// <summary>Types.</summary>
    [Option("Field to type; the others stay text. A value that is not of its type makes a dead letter.")]
    public NamedList<FieldType> Types { get; set; } = [];

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        try
        {
            var fields = PatternText.Read(Pattern, null).Captures.Select(c => c.Field).ToList();
            Compile(new FieldTree(new FieldTable()));
            foreach (var (name, _) in Types.Where(t => !fields.Contains(t.Key, StringComparer.Ordinal)))
            {
                report.Error(this, "types", $"The pattern has no group '{name}'.{Nearest.Hint(name, fields)}");
            }
        }
        catch (PatternException e)
        {
            report.Error(this, "pattern", e.Message);
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var tree = new FieldTree(context.Fields);
        var pattern = Compile(tree);
        return new PatternParser([pattern], tree, keepEmpty: true);
    }

    private CompiledPattern Compile(FieldTree tree) =>
        CompiledPattern.Compile(Pattern, null, tree, field => Types.Find(t => t.Key == field) is { Key: not null } type ? type.Value : FieldType.Text);
}
