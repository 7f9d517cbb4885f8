using System.Text.RegularExpressions;

namespace CloudPump.Tests.App.Fakes;

/// <summary>Reads filters of the form `PartitionKey ge 'a' and RowKey eq 'b'`, which are all that the app uses.</summary>
internal static partial class TableFilter
{
    public static Func<string, string, bool> Parse(string filter)
    {
        var terms = filter.Length == 0 ? [] : filter.Split(" and ").Select(t => Term().Match(t)).ToList();
        Assert.All(terms, t => Assert.True(t.Success, filter));
        return (partition, row) => terms.TrueForAll(t => Holds(t.Groups["key"].Value == "PartitionKey" ? partition : row, t.Groups["is"].Value, t.Groups["value"].Value));
    }

    private static bool Holds(string key, string comparison, string value)
    {
        var order = string.CompareOrdinal(key, value);
        return comparison switch
        {
            "eq" => order == 0,
            "ge" => order >= 0,
            "gt" => order > 0,
            "le" => order <= 0,
            _ => order < 0,
        };
    }

    [GeneratedRegex("^(?<key>PartitionKey|RowKey) (?<is>eq|ge|gt|le|lt) '(?<value>[^']*)'$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Term();
}
