using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>What every lookup has: its key and its value.</summary>
public sealed class LookupOptions
{
    /// <summary>The key.</summary>
    [Option("The column or member that is the key; several make a composite key. A range has two: its first and its last value.", Required = true)]
    public List<string> Key { get; set; } = [];

    /// <summary>Types.</summary>
    [Option("Part of the key to type: as int, 007 and 7 are one key. By default a key is compared as text.")]
    public NamedList<FieldType> KeyTypes { get; set; } = [];

    /// <summary>How it is found.</summary>
    [Option("How a key is found: exact; cidr for networks and prefix for beginnings of texts, where the longest wins; range for values between two, where the narrowest wins.")]
    public LookupMatch Match { get; set; }

    /// <summary>The one value.</summary>
    [Option("The column or member that is the value; without it the value is an object of all columns but the key.")]
    public string? Value { get; set; }

    /// <summary>Some values.</summary>
    [Option("The columns or members that the value has, as an object.")]
    public List<string> Values { get; set; } = [];

    /// <summary>The types of the key's parts; a range has one.</summary>
    public FieldType[] Types => [.. (Match == LookupMatch.Range ? Key.Take(1) : Key).Select(TypeOf)];

    internal FieldType TypeOf(string part) => KeyTypes.Find(t => t.Key == part).Value;

    internal void Check(ComponentDefinition owner, CheckReport report)
    {
        var wanted = Match switch { LookupMatch.Range => 2, LookupMatch.Exact => 0, _ => 1 };
        if (wanted > 0 && Key.Count != wanted)
        {
            report.Error(owner, "key", Match == LookupMatch.Range
                ? "A range has two keys: the columns of its first and of its last value."
                : $"A key that is found by {Match.ToString().ToLowerInvariant()} has one part.");
        }

        if (Value is not null && Values.Count > 0)
        {
            report.Error(owner, "values", "'value' and 'values' exclude each other.");
        }

        foreach (var (part, _) in KeyTypes.Where(t => !Key.Contains(t.Key, StringComparer.Ordinal)))
        {
            report.Error(owner, "key_types", $"'{part}' is no part of the key.{Nearest.Hint(part, Key)}");
        }
    }
}
