using System.Text.Json.Nodes;
using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>Takes JSON events through an analyzer: `s` is the event time in seconds, unless the definition says otherwise.</summary>
internal static class AnalyzerRig
{
    private const long Epoch = 1_767_225_600; // 2026-01-01T00:00:00Z

    /// <summary>The event time that `s` stands for.</summary>
    public static CloudPump.Expressions.Expression Seconds { get; } = CloudPump.Expressions.Expression.Parse($"timestamp({Epoch} + s)");

    /// <summary>The results after the end of the input; times are seconds again, and the analyzer's name is left out.</summary>
    public static List<string> Run(AnalyzerDefinition definition, params string[] events) => Run(definition, out _, events);

    public static List<string> Run(AnalyzerDefinition definition, out AnalyzerShard shard, params string[] events)
    {
        if (definition.Name.Length == 0)
        {
            (definition.Name, definition.Time) = ("a", Seconds);
        }

        var bench = new Bench().Add(events).Parse(new CloudPump.Parsers.Json());
        var step = definition.BuildStep(bench.Context);
        step.AddPartition(AnalyzerStep.NoTime);
        bench.Run(step);
        Assert.Empty(bench.Batch.Failures);
        shard = new AnalyzerShard(definition.CreateShard());
        shard.AddPartition("p");
        var piece = new ByteBuffer();
        if (step.TakePiece(0, 0, piece))
        {
            shard.Apply("p", 1, step.Top(0) - definition.Lateness.Ticks, piece.Written);
        }

        var results = WindowRig.Close(shard);
        shard.Silence("p");
        results.AddRange(WindowRig.Close(shard));
        return [.. results.Select(Short)];
    }

    private static string Short(string result)
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
