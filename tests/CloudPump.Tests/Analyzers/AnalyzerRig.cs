using System.Text.Json.Nodes;
using CloudPump.Analyzers;
using CloudPump.Analyzers.Measures;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Analyzers;

/// <summary>Takes JSON events through an analyzer: `s` is the event time in seconds, unless the definition says otherwise.</summary>
internal static class AnalyzerRig
{
    private const long Epoch = 1_767_225_600; // 2026-01-01T00:00:00Z

    /// <summary>The event time that `s` stands for.</summary>
    public static CloudPump.Expressions.Expression Seconds { get; } = CloudPump.Expressions.Expression.Parse($"timestamp({Epoch} + s)");

    /// <summary>A time as it is in ticks.</summary>
    public static long Ticks(int seconds) => DateTimeOffset.FromUnixTimeSeconds(Epoch + seconds).Ticks;

    /// <summary>An event: when, whose, and a value.</summary>
    public static string Event(int seconds, string key = "a", int value = 1) => $$"""{"s":{{seconds}},"k":"{{key}}","v":{{value}}}""";

    /// <summary>Events of one key, one value a second.</summary>
    public static string[] Values(params IEnumerable<int> values) => [.. values.Select((v, s) => Event(s, "a", v))];

    /// <summary>Measures as "name = call".</summary>
    public static NamedList<MeasureCall> Measures(params IEnumerable<string> measures) =>
        [.. measures.Select(m => m.Split(" = ")).Select(m => KeyValuePair.Create(m[0], MeasureCall.Parse(m[1])))];

    /// <summary>The results after the end of the input; times are seconds again, and the analyzer's name is left out.</summary>
    public static List<string> Run(AnalyzerDefinition definition, params string[] events) => Run(definition, out _, events);

    public static List<string> Run(AnalyzerDefinition definition, out AnalyzerShard shard, params string[] events)
    {
        var feed = new AnalyzerFeed(definition);
        shard = feed.Shard;
        return [.. feed.Add(events), .. feed.End()];
    }

    public static string Short(string result)
    {
        var json = JsonNode.Parse(result)!.AsObject();
        json.Remove("analyzer");
        foreach (var (name, value) in json.ToList())
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var t) && t.EndsWith('Z') && DateTimeOffset.TryParse(t, null, out var time))
            {
                json[name] = (time - DateTimeOffset.FromUnixTimeSeconds(Epoch)).TotalSeconds;
            }
        }

        return json.ToJsonString().Replace('"', '\'');
    }
}
