using CloudPump.Analyzers;

namespace CloudPump.Tests.Analyzers;

public sealed class LatchAndIncidentTests
{
    [Fact]
    public void A_latch_keeps_the_last_events_of_each_key_and_emits_nothing()
    {
        var feed = new AnalyzerFeed(new Latch { By = ["k"], Keep = 2, Lateness = TimeSpan.FromSeconds(9) });
        Assert.Empty(feed.Add([AnalyzerRig.Event(8, "b"), .. AnalyzerRig.Values(1, 2, 3)]));
        Assert.Empty(Kept(feed));
        Assert.Empty(feed.End());
        feed.Restart();
        Assert.Equal(
            [
                "{'timestamp':1,'k':'a','event':{'s':1,'k':'a','v':2}}",
                "{'timestamp':2,'k':'a','event':{'s':2,'k':'a','v':3}}",
                "{'timestamp':8,'k':'b','event':{'s':8,'k':'b','v':1}}",
            ],
            Kept(feed));
    }

    [Fact]
    public void A_latch_keeps_only_the_fields_it_is_told_to()
    {
        var feed = new AnalyzerFeed(new Latch { By = ["k"], Fields = ["o.in", "v", "none"] });
        feed.Add("""{"s":1,"k":"a","v":1,"o":{"in":[1],"x":2}}""", """{"s":2,"k":"b"}""");
        feed.End();
        Assert.Equal(["{'timestamp':1,'k':'a','event':{'o.in':[1],'v':1}}", "{'timestamp':2,'k':'b','event':{}}"], Kept(feed));
    }

    [Fact]
    public void The_first_finding_opens_an_incident_and_what_is_new_or_worse_updates_it()
    {
        var changes = Run(Of(), Finding(1, "slow", 2), Finding(2, "slow", 1), Finding(3, "errors", 1), Finding(4, "slow", 7));
        Assert.Equal(
            [
                "1 opened by slow: 2 after 1",
                "3 updated by slow, errors: 2 after 3",
                "4 updated by slow, errors: 7 after 4",
                "64 closed by slow, errors: 7 after 4 (silence, 3 s)",
            ],
            changes);
    }

    [Fact]
    public void A_condition_closes_an_incident_and_opens_none() => Assert.Equal(
        ["1 opened by slow: 1 after 1", "2 closed by slow: 1 after 1 (condition, 1 s)", "4 opened by slow: 1 after 1", "64 closed by slow: 1 after 1 (silence, 0 s)"],
        Run(Of(), Finding(1, "slow", 1), Finding(2, "ok", 0), Finding(3, "ok", 0), Finding(4, "slow", 1)));

    [Fact]
    public void A_finding_within_the_silence_keeps_an_incident_open_and_one_at_its_end_opens_another() => Assert.Equal(
        ["0 opened by slow: 1 after 1", "119 closed by slow: 1 after 2 (silence, 59 s)", "119 opened by slow: 1 after 1", "179 closed by slow: 1 after 1 (silence, 0 s)"],
        Run(Of(), Finding(0, "slow", 1), Finding(59, "slow", 1), Finding(119, "slow", 1)));

    [Fact]
    public void An_incidents_id_follows_from_key_and_first_finding()
    {
        string[] findings = [Finding(1, "slow", 1), Finding(1, "slow", 1).Replace("\"a\"", "\"b\"", StringComparison.Ordinal), Finding(2, "errors", 1)];
        var ids = Ids(AnalyzerRig.Run(Of(), findings));
        Assert.Equal(ids, Ids(AnalyzerRig.Run(Of(), findings)));
        Assert.Equal(["a", "b", "a", "b", "a"], ids.Select(i => i.Key));
        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, i => Assert.Matches("^[0-9a-f]{16}$", i.Id));
        Assert.NotEqual(ids[0].Id, Ids(AnalyzerRig.Run(Of(), findings[2]))[0].Id);
    }

    [Fact]
    public void A_severity_and_symptom_may_be_missing_and_symptoms_of_other_types_are_told_as_JSON()
    {
        var results = AnalyzerRig.Run(Of(), """{"s":1,"k":"a"}""", """{"s":2,"k":"a","what":17}""");
        Assert.Equal(["[]", "['17']", "['17']"], results.Select(r => Field(r, "symptoms")!));
        Assert.All(results, r => Assert.Null(Field(r, "severity")));
    }

    private static List<string> Kept(AnalyzerFeed feed)
    {
        var results = new ResultBatch(WindowRig.Clock);
        results.Begin(Bench.Origin, 0);
        ((IReadableState)feed.State).Read(results);
        return WindowRig.Texts(results).ConvertAll(AnalyzerRig.Short);
    }

    private static Incident Of() => new() { By = ["k"], Symptom = "what", Severity = "v", CloseWhen = "has(event.what) && event.what == 'ok'", Silence = TimeSpan.FromSeconds(60) };

    private static string Finding(int seconds, string what, int severity) => $$"""{"s":{{seconds}},"k":"a","what":"{{what}}","v":{{severity}}}""";

    private static IEnumerable<string> Run(Incident definition, params string[] findings) => AnalyzerRig.Run(definition, findings).Select(r =>
        $"{Field(r, "timestamp")} {Field(r, "state")} by {Field(r, "symptoms")!.Trim('[', ']').Replace("'", "", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal)}: {Field(r, "severity")!.Replace(".0", "", StringComparison.Ordinal)} "
        + $"after {Field(r, "findings")}{(Field(r, "reason") is { } reason ? $" ({reason}, {Field(r, "duration")!.Replace(".0", "", StringComparison.Ordinal)} s)" : "")}");

    private static List<(string Key, string Id)> Ids(List<string> results) => results.ConvertAll(r => (Field(r, "k")!, Field(r, "incident")!));

    private static string? Field(string result, string name) =>
        System.Text.Json.Nodes.JsonNode.Parse(result.Replace('\'', '"'))![name] is { } node ? (node is System.Text.Json.Nodes.JsonArray ? node.ToJsonString().Replace('"', '\'') : node.ToString()) : null;
}
