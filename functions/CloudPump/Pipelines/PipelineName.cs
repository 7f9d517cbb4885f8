using System.Text.RegularExpressions;

namespace CloudPump.Pipelines;

/// <summary>The rule for pipeline names: they become function, topic and file names.</summary>
public static partial class PipelineName
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "a letter a-z, then up to 39 of a-z, 0-9, _ and -";

    /// <summary>Whether a name follows the rule.</summary>
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,39}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
