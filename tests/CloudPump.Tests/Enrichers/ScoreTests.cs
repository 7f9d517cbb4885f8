using System.Text.Json.Nodes;
using CloudPump.Enrichers;
using CloudPump.Pipelines;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.Enrichers;

public sealed class ScoreTests
{
    private const string Linear = """{"kind":"linear","features":[{"name":"a"},{"name":"b","missing":5,"mean":1,"scale":2},{"name":"net","value":"kind","equals":"net"}],"weights":[[1,10,100]],"intercept":[0.5]}""";

    private const string Tree = """{"kind":"tree","features":[{"name":"a"}],"trees":[{"feature":[0,-1,-1],"threshold":[2,0,0],"left":[1,-1,-1],"right":[2,-1,-1],"value":[0,1.5,2.5]}]}""";

    [Theory]
    [InlineData("""{"a":1,"b":3,"kind":"net"}""", 111.5)]
    [InlineData("""{"a":1.5,"kind":"Net"}""", 22)]
    [InlineData("""{"a":true,"b":null}""", 21.5)]
    [InlineData("""{"a":0,"b":1,"kind":7}""", 0.5)]
    public void Features_have_defaults_standards_and_one_hots(string json, double expected) =>
        Assert.Equal(expected, (double)JsonNode.Parse(ScoreRig.Run(Linear, json).Single)!["score"]!);

    [Theory]
    [InlineData("""{"b":1}""", "The feature 'a' is missing, and the model has no default for it.")]
    [InlineData("""{"a":null}""", "The feature 'a' is missing, and the model has no default for it.")]
    [InlineData("""{"a":"1"}""", "The feature 'a' is no number but of the type String.")]
    public void An_event_without_a_feature_is_a_dead_letter(string json, string reason) => Assert.Equal(reason, ScoreRig.Run(Linear, json).Reason);

    [Theory]
    [InlineData("2", "1.5")]
    [InlineData("2.0000001", "2.5")]
    [InlineData("-1e300", "1.5")]
    public void A_tree_leads_left_up_to_its_threshold(string a, string expected) =>
        Assert.Equal($"{{\"a\":{a},\"score\":{expected}}}", ScoreRig.Run(Tree, $"{{\"a\":{a}}}").Single);

    [Fact]
    public void Single_precision_rounds_before_it_compares() =>
        Assert.Contains("\"score\":1.5", ScoreRig.Run(Tree.Replace("{\"kind\"", "{\"float32\":true,\"kind\"", StringComparison.Ordinal), "{\"a\":2.0000001}").Single, StringComparison.Ordinal);

    [Fact]
    public void The_positive_class_can_be_the_first_and_the_best_of_many_is_named()
    {
        var logistic = """{"kind":"logistic","features":[{"name":"a"}],"classes":["x",2],"weights":[[1]],"intercept":[0]}""";
        Assert.Equal("""{"a":0,"score":0.5}""", ScoreRig.Run(logistic, """{"a":0}""").Single);
        var first = logistic.Replace("{\"kind\"", "{\"positive\":\"x\",\"kind\"", StringComparison.Ordinal);
        Assert.Equal(1 / (1 + Math.Exp(3)), (double)JsonNode.Parse(ScoreRig.Run(first, """{"a":3}""").Single)!["score"]!, 1e-15);
        var many = """{"kind":"logistic","features":[{"name":"a"}],"classes":["x",2,true],"weights":[[1],[2],[2]],"intercept":[0,0,0]}""";
        Assert.Equal("""{"a":1000,"score":{"class":2,"probability":0.5}}""", ScoreRig.Run(many, """{"a":1000}""").Single);
    }

    [Fact]
    public void Predictions_are_those_of_scikit_learn()
    {
        var fixture = JsonNode.Parse(File.ReadAllText(Repository.Path("tests/CloudPump.Tests/Enrichers/sklearn.json")))!;
        var events = fixture["inputs"]!.AsArray().Select(i => $"{{\"x0\":{i![0]},\"x1\":{i[1]},\"x2\":{i[2]}}}").ToArray();
        foreach (var test in fixture["cases"]!.AsArray())
        {
            var scored = ScoreRig.Run(test!["model"]!.ToJsonString(), events).Events.Select(e => JsonNode.Parse(e)!["score"]!).ToArray();
            foreach (var (score, expected) in scored.Zip(test["expected"]!.AsArray()))
            {
                Assert.Equal(expected is JsonArray pair ? (double)pair[1]! : (double)expected!, (double)(score is JsonObject best ? best["probability"]! : score), 1e-9);
                Assert.Equal(expected is JsonArray e ? (int)e[0]! : 0, score is JsonObject s ? (int)s["class"]! : 0);
            }

            Assert.Equal(events.Length, scored.Length);
        }
    }

    [Fact]
    public void Scoring_takes_no_memory()
    {
        var bench = new Bench().Add(Enumerable.Range(0, 50).Select(n => $"{{\"network\":{n}}}")).Parse(new CloudPump.Parsers.Json());
        var step = ScoreRig.Step(Tree.Replace("\"a\"", "\"network\"", StringComparison.Ordinal), bench.Context);
        step.Process(bench.Batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        step.Process(bench.Batch);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_examples_of_the_page_can_be_used()
    {
        var blocks = File.ReadAllText(Repository.Path("docs/models.md")).Split("```json\n").Skip(1).Select(b => b.Split("```")[0]).Where(b => b[0] == '{').ToArray();
        Assert.Equal(2, blocks.Length);
        Assert.All(blocks, b => Assert.Null(ScoreRig.Mistake(b)));
    }

    [Fact]
    public void A_model_lies_beside_the_pipeline_file()
    {
        var score = new Score { Model = "models/fraud.json", Location = new SourceLocation(Repository.Path("functions/pipelines/x.yaml"), 1, 1) };
        var diagnostics = new List<Diagnostic>();
        score.Check(new CheckReport(diagnostics));
        Assert.Empty(diagnostics);
        score.Model = "fraud.json";
        score.Check(new CheckReport(diagnostics));
        Assert.EndsWith("it does not exist.", Assert.Single(diagnostics).Message, StringComparison.Ordinal);
        Assert.Throws<DefinitionException>(() => score.Build(Bench.NewContext()));
    }
}
