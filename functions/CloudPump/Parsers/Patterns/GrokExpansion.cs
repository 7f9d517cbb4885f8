using System.Text;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Parsers.Patterns;

/// <summary>Turns a grok pattern into a regular expression: %{NAME}, %{NAME:field} and %{NAME:field:type} stand for the pattern of that name.</summary>
internal sealed class GrokExpansion(IReadOnlyDictionary<string, string> own)
{
    private const int MostNested = 20;
    private readonly List<PatternGroup> _groups = [];

    /// <summary>The fields that the pattern gives.</summary>
    public IReadOnlyList<PatternGroup> Groups => _groups;

    /// <summary>What is wrong; empty when nothing is.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Expands a pattern.</summary>
    public string Expand(string pattern) => Expand(pattern, 0);

    private string Expand(string pattern, int depth)
    {
        var output = new StringBuilder();
        for (var at = 0; at < pattern.Length && Problem.Length == 0;)
        {
            var start = pattern.IndexOf("%{", at, StringComparison.Ordinal);
            var end = start < 0 ? -1 : pattern.IndexOf('}', start);
            if (end < 0)
            {
                output.Append(pattern, at, pattern.Length - at);
                break;
            }

            output.Append(pattern, at, start - at);
            output.Append(Reference(pattern[(start + 2)..end], depth));
            at = end + 1;
        }

        return output.ToString();
    }

    private string Reference(string reference, int depth)
    {
        var parts = reference.Split(':');
        if (!own.TryGetValue(parts[0], out var pattern) && !GrokPatterns.All.TryGetValue(parts[0], out pattern))
        {
            Problem = $"there is no pattern '{parts[0]}'.{Nearest.Hint(parts[0], own.Keys.Concat(GrokPatterns.All.Keys))}";
            return "";
        }

        if (depth == MostNested)
        {
            Problem = $"the pattern '{parts[0]}' stands in itself.";
            return "";
        }

        if (parts.Length == 1 || parts[1].Length == 0)
        {
            return $"(?:{Expand(pattern, depth + 1)})";
        }

        // The group is numbered before those inside of it, so that the fields come in the order of the text.
        var name = $"g{_groups.Count}";
        _groups.Add(new PatternGroup(name, FieldOf(parts[1]), TypeOf(parts.Length > 2 ? parts[2] : "")));
        return $"(?<{name}>{Expand(pattern, depth + 1)})";
    }

    // [a][b] is Logstash's way to write a.b.
    private static string FieldOf(string field) => field.StartsWith('[') ? field.Trim('[', ']').Replace("][", ".", StringComparison.Ordinal) : field;

    private FieldType TypeOf(string type)
    {
        switch (type)
        {
            case "" or "string" or "text":
                return FieldType.Text;
            case "int" or "long":
                return FieldType.Int;
            case "float" or "double":
                return FieldType.Double;
            case "bool" or "boolean":
                return FieldType.Bool;
            default:
                Problem = $"there is no type '{type}'; a field can be int, float, bool or text.";
                return FieldType.Text;
        }
    }
}
