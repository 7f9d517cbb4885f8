using System.Text.Json;
using CloudPump.Events;

namespace CloudPump.Pipelines.Testing;

/// <summary>What a unit test's input led to.</summary>
/// <param name="Delivered">What the sink would have got.</param>
/// <param name="Routed">How many events each pipeline would have got from routes.</param>
/// <param name="Findings">The analyzers' results by the pipeline or stream that gets them.</param>
/// <param name="Dead">The dead letters: component and reason.</param>
/// <param name="Late">How many events analyzers set aside as late.</param>
internal sealed record TestObservation(
    IReadOnlyList<JsonElement> Delivered,
    IReadOnlyDictionary<string, int> Routed,
    IReadOnlyDictionary<string, List<JsonElement>> Findings,
    IReadOnlyList<string> Dead,
    long Late)
{
    /// <summary>Ends the input of a run and collects everything.</summary>
    public static TestObservation Of(DryRun run, EventBatch batch)
    {
        var routed = run.TakeRouted().ToDictionary(StringComparer.Ordinal);
        var late = run.Late;
        var findings = new Dictionary<string, List<JsonElement>>(StringComparer.Ordinal);
        run.Finish((target, results) =>
        {
            if (!findings.TryGetValue(target, out var list))
            {
                findings[target] = list = [];
            }

            list.AddRange(Json(results.Events));
        });

        return new TestObservation(Json(batch), routed, findings, [.. batch.Failures.Select(f => $"{run.NameOf(f)}: {f.Reason}")], late);
    }

    private static List<JsonElement> Json(EventBatch batch)
    {
        var writer = new EventJsonWriter();
        var output = new ByteBuffer();
        var events = new List<JsonElement>(batch.Rows.Length);
        foreach (var row in batch.Rows)
        {
            output.Clear();
            writer.Write(output, batch, row);
            events.Add(JsonElement.Parse(output.Written));
        }

        return events;
    }
}
