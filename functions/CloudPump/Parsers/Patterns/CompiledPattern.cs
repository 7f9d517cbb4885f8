using System.Text.RegularExpressions;
using CloudPump.Events;

namespace CloudPump.Parsers.Patterns;

/// <summary>A pattern ready to run, without backtracking, so that no text takes longer than its length says.</summary>
internal sealed class CompiledPattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private CompiledPattern(System.Text.RegularExpressions.Regex regex, IReadOnlyList<PatternGroup> groups) => (Regex, Groups) = (regex, groups);

    /// <summary>The expression.</summary>
    public System.Text.RegularExpressions.Regex Regex { get; }

    /// <summary>Its groups that give fields.</summary>
    public IReadOnlyList<PatternGroup> Groups { get; }

    /// <summary>Compiles an expression; null, and why, when it cannot run.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="groups">The groups; null for all that have a name, under that name.</param>
    /// <param name="problem">Why not.</param>
    public static CompiledPattern? TryCompile(string text, IReadOnlyList<PatternGroup>? groups, out string problem)
    {
        try
        {
            var regex = new System.Text.RegularExpressions.Regex(text, Options);
            groups ??= [.. regex.GetGroupNames().Where(n => !char.IsAsciiDigit(n[0])).Select(n => new PatternGroup(n, n, FieldType.Text))];
            problem = groups.Count > 0 ? "" : "it has no named group such as (?<user>\\w+), so it gives no field.";
            return groups.Count > 0 ? new CompiledPattern(regex, groups) : null;
        }
        catch (NotSupportedException)
        {
            problem = "it looks around, refers back to what it matched, or matches at once ((?=, (?<=, \\1, (?>), which would need backtracking; write the text before and after into the pattern instead.";
            return null;
        }
        catch (RegexParseException e)
        {
            problem = $"at character {e.Offset}: {e.Error}.";
            return null;
        }
    }
}
