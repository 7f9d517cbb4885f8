using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Reference;

/// <summary>The kinds of components in words, for people.</summary>
internal static class KindWords
{
    private const string Processors = "processors";

    /// <summary>What can be asked for: every kind in the plural, and `processors` for all that stand under that word.</summary>
    public static IEnumerable<string> All => Enum.GetValues<ComponentKind>().Select(Plural).Append(Processors);

    /// <summary>All of them in both numbers.</summary>
    public static IEnumerable<string> Hints => All.SelectMany(word => new[] { word, word[..^1] });

    /// <summary>The kind as a word.</summary>
    public static string Of(ComponentKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kind in the plural.</summary>
    public static string Plural(ComponentKind kind) => Of(kind) + "s";

    /// <summary>A heading for the components of a kind.</summary>
    public static string Heading(ComponentKind kind) => kind + "s";

    /// <summary>What the components of a kind are for.</summary>
    public static string Purpose(ComponentKind kind) => kind switch
    {
        ComponentKind.Source => "Where events come from; they stand under `sources:`.",
        ComponentKind.Parser => "Read fields from the original bytes; they stand under `processors:` as `- parse: NAME`.",
        ComponentKind.Generator => "Make many events of one; they stand under `processors:`.",
        ComponentKind.Enricher => "Add fields from elsewhere; they stand under `processors:`.",
        ComponentKind.Transformer => "Change fields; they stand under `processors:`.",
        ComponentKind.Filter => "Take events out; they stand under `processors:`.",
        ComponentKind.Router => "Send events to other pipelines; they stand under `processors:`.",
        ComponentKind.Analyzer => "Observe events and emit findings as new events; they stand under `processors:`.",
        ComponentKind.Sink => "The one final destination of a pipeline; it stands under `sink:`.",
        ComponentKind.Lookup => $"Named tables of keys and values; they stand in `{LookupSet.FileName}` beside the pipelines, each under its name.",
        _ => $"Named access to an outside system; they stand in `{ConnectionSet.FileName}` beside the pipelines.",
    };

    /// <summary>The kinds that a word means, singular or plural; null when it means none.</summary>
    public static IReadOnlyList<ComponentKind>? Parse(string word)
    {
        var plural = word.EndsWith('s') ? word.ToLowerInvariant() : word.ToLowerInvariant() + "s";
        if (plural == Processors)
        {
            return [.. Enum.GetValues<ComponentKind>().Where(k => k is >= ComponentKind.Parser and <= ComponentKind.Analyzer)];
        }

        var kinds = Enum.GetValues<ComponentKind>().Where(k => Plural(k) == plural).ToList();
        return kinds.Count > 0 ? kinds : null;
    }
}
