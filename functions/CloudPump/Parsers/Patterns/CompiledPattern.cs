using System.Text.RegularExpressions;
using CloudPump.Events;

namespace CloudPump.Parsers.Patterns;

/// <summary>A regular expression that is run without backtracking, and which of its groups give which fields.</summary>
internal sealed class CompiledPattern
{
    // The time is linear in the event's length; this is for a huge event and a costly pattern.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private CompiledPattern(System.Text.RegularExpressions.Regex regex, Part[] parts) => (Regex, Parts) = (regex, parts);

    /// <summary>The regular expression.</summary>
    public System.Text.RegularExpressions.Regex Regex { get; }

    /// <summary>The groups that give fields.</summary>
    public Part[] Parts { get; }

    /// <summary>Compiles a pattern; its fields are added to the tree.</summary>
    /// <param name="pattern">As the pipeline file has it.</param>
    /// <param name="definitions">What it may refer to.</param>
    /// <param name="tree">The fields.</param>
    /// <param name="typeOf">The type of a field; by default what the pattern says.</param>
    /// <exception cref="PatternException">It cannot be used.</exception>
    public static CompiledPattern Compile(string pattern, IPatternDefinitions? definitions, FieldTree tree, Func<string, FieldType>? typeOf = null)
    {
        var text = PatternText.Read(pattern, definitions);
        if (text.Captures.Count == 0)
        {
            throw new PatternException(definitions is null
                ? "The pattern has no named group, so it would give no fields; write (?<name>...) around the parts that are wanted."
                : "The pattern names no field; write %{NAME:field} for the parts that are wanted.");
        }

        if (text.Captures.Select(c => c.Field).Distinct(StringComparer.Ordinal).Count() > EventBatch.MaxFields)
        {
            throw new PatternException($"The pattern names more than {EventBatch.MaxFields} fields.");
        }

        var regex = Compile(text.Regex, pattern);
        return new CompiledPattern(regex, [.. text.Captures.Select(c => new Part(regex.GroupNumberFromName(c.Group), tree.Add(c.Field), c.Field, typeOf?.Invoke(c.Field) ?? c.Type))]);
    }

    private static System.Text.RegularExpressions.Regex Compile(string text, string written)
    {
        try
        {
            return new System.Text.RegularExpressions.Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Longest);
        }
        catch (RegexParseException e)
        {
            throw new PatternException($"The pattern is no regular expression: {Reason(e, written)}");
        }
        catch (NotSupportedException)
        {
            throw new PatternException("The pattern would need backtracking, which hostile input can make endless. Write it without looking ahead or behind, references to groups, and conditions.");
        }
    }

    // The mistake's place is wanted in the pattern as written; where the pattern is only understood when it has been rewritten, the place is left out.
    private static string Reason(RegexParseException rewritten, string written)
    {
        var (mistake, place) = (rewritten, "");
        try
        {
            _ = new System.Text.RegularExpressions.Regex(written, RegexOptions.ExplicitCapture, Longest);
        }
        catch (RegexParseException e) when (e.Error == rewritten.Error)
        {
            (mistake, place) = (e, $" (at character {e.Offset})");
        }
        catch (ArgumentException)
        {
            // Another mistake than the one that counts.
        }

        const string Before = ". ";
        var start = mistake.Message.IndexOf($" at offset {mistake.Offset}{Before}", StringComparison.Ordinal);
        return start < 0 ? mistake.Message : string.Concat(mistake.Message.AsSpan(mistake.Message.IndexOf(Before, start, StringComparison.Ordinal) + 2), place);
    }

    /// <summary>A group that gives a field.</summary>
    /// <param name="Group">The group's number.</param>
    /// <param name="Value">The field's index in the tree.</param>
    /// <param name="Field">The field's name.</param>
    /// <param name="Type">Its type.</param>
    internal readonly record struct Part(int Group, int Value, string Field, FieldType Type);
}
