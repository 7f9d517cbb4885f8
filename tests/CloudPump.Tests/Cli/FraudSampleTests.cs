using System.Text.Json.Nodes;

namespace CloudPump.Tests.Cli;

/// <summary>The sample that joins a pattern to a model, on the rows of real data that the model was not trained on.</summary>
public sealed class FraudSampleTests
{
    [Fact]
    public async Task Pattern_and_model_together_find_more_frauds_than_the_model_alone()
    {
        var data = File.ReadLines(TestData.Require("fraud/aws-registration-20k.csv")).Skip(1).Select(l => l.Split(',')).Index().ToArray();
        using var run = new CliRun();
        var input = run.File("registrations.ndjson", string.Join('\n', data.OrderBy(r => r.Item[2], StringComparer.Ordinal).Select(r =>
            $$"""{"n":{{r.Index}},"ip_address":"{{r.Item[0]}}","email_address":"{{r.Item[1]}}#{{r.Index}}","EVENT_TIMESTAMP":"{{r.Item[2]}}","EVENT_LABEL":"{{r.Item[3]}}"}""")) + "\n");
        await run.RunAsync("run", Repository.Path("functions/pipelines/registrations.yaml"), "--input", input, "--output", Path.Combine(run.Folder, "out/"));

        var suspicions = File.ReadLines(Path.Combine(run.Folder, "out/suspicions.ndjson")).Select(l => JsonNode.Parse(l)!).ToArray();
        var model = Rows(suspicions.Where(s => s["analyzer"] is null));
        var both = Rows(suspicions);
        var unseen = data.Where(r => r.Index % 4 == 3).ToDictionary(r => r.Index, r => r.Item[3] == "fraud");
        var (modelPrecision, modelRecall) = Judge(unseen, model);
        var (precision, recall) = Judge(unseen, both);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{unseen.Count} rows, {unseen.Count(u => u.Value)} frauds; model: precision {modelPrecision:f3}, recall {modelRecall:f3}; model and pattern: precision {precision:f3}, recall {recall:f3}");
        Assert.True(recall > modelRecall + 0.03, $"recall {recall}, model alone {modelRecall}");
        Assert.True(precision > 0.75 && modelPrecision > 0.85, $"precision {precision}, model alone {modelPrecision}");
    }

    private static HashSet<int> Rows(IEnumerable<JsonNode> suspicions) => [.. suspicions.Select(s => int.Parse(((string)s["email_address"]!).Split('#')[1]))];

    private static (double Precision, double Recall) Judge(Dictionary<int, bool> truth, HashSet<int> found)
    {
        var alarms = truth.Where(t => found.Contains(t.Key)).ToArray();
        return ((double)alarms.Count(a => a.Value) / alarms.Length, (double)alarms.Count(a => a.Value) / truth.Count(t => t.Value));
    }
}
