using System.Text.RegularExpressions;

namespace CloudPump.Tests.App.Surface;

/// <summary>
/// Listings of what the SDK's assemblies have, made from the real ones: a heading `## Type [assembly] : Base Interfaces`, one line for each member, and after
/// `-- from Base` the members of a base type.
/// </summary>
internal sealed partial class SdkListing
{
    private readonly Dictionary<string, HashSet<string>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _bases = new(StringComparer.Ordinal);

    /// <summary>Whether a type is listed, by its own name or as a base of another.</summary>
    public bool Has(Type type) => Members(type) is not null;

    /// <summary>The full names of the types that are listed for themselves.</summary>
    public IEnumerable<string> Types => _bases.Keys;

    /// <summary>Adds a listing.</summary>
    public SdkListing Add(IEnumerable<string> lines)
    {
        HashSet<string> members = [];
        foreach (var line in lines)
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                members = Of(heading.Groups["type"].Value);
                _bases[heading.Groups["type"].Value] = heading.Groups["bases"].Value;
            }
            else if (From().Match(line) is { Success: true } from)
            {
                members = Of(from.Groups["type"].Value);
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                members.Add(Normal(line));
            }
        }

        return this;
    }

    /// <summary>What a type declares that its listing does not have, as patterns.</summary>
    public IEnumerable<string> Missing(Type type) => SdkSignature.Of(type).Where(p => !Members(type)!.Any(m => Fits(m, p)))
        .Concat(Bases(type).Where(b => _bases.TryGetValue(type.FullName!, out var listed) && !listed.Split(' ', ',').Contains(b)).Select(b => $": {b}"));

    /// <summary>What a listing says of a type that the real one does not have.</summary>
    public IEnumerable<string> Untrue(Type real)
    {
        var patterns = SdkSignature.Of(real).ToList();
        return Members(real)!.Where(m => !patterns.Any(p => Fits(m, p)));
    }

    private static bool Fits(string member, string pattern) => Regex.IsMatch(member, $"^{pattern}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    // A base that is left out takes something away; only one that is wrong gives too much.
    private static IEnumerable<string> Bases(Type type)
    {
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var interfaces = type.GetInterfaces();
        return interfaces.Except(inherited).Except(interfaces.SelectMany(i => i.GetInterfaces())).Append(type.BaseType).Where(t => t is not null && t != typeof(object)).Select(t => t!.Name.Split('`')[0]);
    }

    // Default values, constraints and marks of age do not count.
    private static string Normal(string line)
    {
        var text = Mark().Replace(line.Trim(), "");
        return text.Contains('(', StringComparison.Ordinal) ? Default().Replace(text, "") : text;
    }

    private HashSet<string> Of(string type) => _members.TryGetValue(type, out var members) ? members : _members[type] = new HashSet<string>(StringComparer.Ordinal);

    private HashSet<string>? Members(Type type) => _members.GetValueOrDefault(type.FullName!) ?? _members.GetValueOrDefault(type.Name);

    [GeneratedRegex(@"^## (?<type>\S+) \[.*\] :(?<bases>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^  -- from (?<type>\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex From();

    [GeneratedRegex(@" where .*$|\s+// OBSOLETE$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();

    [GeneratedRegex(@" = (default\([^)]*\)|[^,()]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Default();
}
