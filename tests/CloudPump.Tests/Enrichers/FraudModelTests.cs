using System.Text.Json.Nodes;
using CloudPump.Enrichers;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.Enrichers;

/// <summary>The sample model on the rows that it was not trained on; docs/models.md states the figures.</summary>
public sealed class FraudModelTests
{
    [Fact]
    public void The_sample_model_tells_frauds_among_the_rows_held_out()
    {
        var rows = File.ReadLines(TestData.Require("fraud/aws-registration-20k.csv")).Skip(1).Where((_, n) => n % 4 == 3).Select(l => l.Split(',')).ToArray();
        var bench = new Bench().Add(rows.Select(r => $"{{\"ip_address\":\"{r[0]}\",\"label\":\"{r[3]}\"}}")).Parse(new CloudPump.Parsers.Json())
            .Run(new Score { Model = Repository.Path("functions/pipelines/models/fraud.json"), Target = "fraud_score" });
        var scored = bench.Events.Select(e => JsonNode.Parse(e)!).Select(e => (Score: (double)e["fraud_score"]!, IsFraud: (string)e["label"]! == "fraud")).ToArray();
        Assert.Equal(rows.Length, scored.Length);

        var alarms = scored.Where(s => s.Score >= 0.5).ToArray();
        var precision = alarms.Count(s => s.IsFraud) / (double)alarms.Length;
        var recall = alarms.Count(s => s.IsFraud) / (double)scored.Count(s => s.IsFraud);
        TestContext.Current.TestOutputHelper?.WriteLine($"AUC {Auc(scored):f4}, precision {precision:f3}, recall {recall:f3}");
        Assert.True(Auc(scored) > 0.90, $"AUC {Auc(scored)}");
        Assert.True(precision > 0.88 && recall > 0.60, $"precision {precision}, recall {recall}");
    }

    // The share of pairs of a fraud and another in which the fraud has the higher score; equals count half.
    private static double Auc(IReadOnlyCollection<(double Score, bool IsFraud)> scored)
    {
        var others = scored.Where(s => !s.IsFraud).Select(s => s.Score).ToArray();
        return scored.Where(s => s.IsFraud).Average(f => others.Average(o => f.Score > o ? 1 : f.Score == o ? 0.5 : 0));
    }
}
