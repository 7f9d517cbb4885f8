using System.Globalization;
using System.Text.Json;

namespace CloudPump.Cli.Bench;

/// <summary>Reads the JSON files of a corpus.</summary>
internal static class NabJson
{
    /// <summary>combined_windows.json: a list of [first time, last time] for every file.</summary>
    public static Dictionary<string, IReadOnlyList<(long First, long Last)>> Windows(JsonElement root) =>
        root.EnumerateObject().ToDictionary(
            file => file.Name,
            file => (IReadOnlyList<(long First, long Last)>)[.. file.Value.EnumerateArray().Select(w => (Ticks(w[0].GetString()!), Ticks(w[1].GetString()!)))],
            StringComparer.Ordinal);

    /// <summary>profiles.json: the weights of every profile.</summary>
    public static IReadOnlyList<NabProfile> Profiles(JsonElement root) =>
        [.. new[] { NabProfile.Standard, NabProfile.LowFalsePositives, NabProfile.LowFalseNegatives }.Select(name => Profile(name, root.GetProperty(name)))];

    /// <summary>A time of a corpus, which names no zone, as UTC ticks.</summary>
    public static long Ticks(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal).Ticks;

    private static NabProfile Profile(string name, JsonElement profile)
    {
        var costs = profile.GetProperty("CostMatrix");
        return new NabProfile(name, Weight("tpWeight"), Weight("fnWeight"), Weight("fpWeight"));

        double Weight(string weight) => costs.GetProperty(weight).GetDouble();
    }
}
