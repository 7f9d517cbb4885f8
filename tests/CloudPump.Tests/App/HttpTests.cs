using System.Text.Json.Nodes;

namespace CloudPump.Tests.App;

/// <summary>What the app tells of itself over HTTP: health, pipelines, dead letters.</summary>
public class HttpTests
{
    private const string Clicks = """
        pipeline: clicks
        sources:
          - stream: {name: clicks, partitions: 2}
        processors:
          - parse: json
          - filter: "!has(event.drop)"
          - route:
              - {when: "has(event.to)", to: errs, mode: move}
          - set: {half: "100 / n"}
          - time_window: {name: sums, size: 10s, measures: {hits: count()}, time: "timestamp('2026-10-10T12:00:00Z')", to: errs}
        sink:
          "null": {}
        """;

    private const string Errs = """
        pipeline: errs
        sink:
          "null": {}
        """;

    [Fact]
    public async Task Health_is_ok_when_the_storage_answers()
    {
        var (status, body) = await new AppRig(Clicks, Errs).Start().Http.HealthAsync();
        Assert.Equal((200, """{"status":"ok","pipelines":2,"failing":[]}"""), (status, body.ToJsonString()));
    }

    [Theory]
    [InlineData(true, false, """["tables"]""")]
    [InlineData(false, true, """["blobs"]""")]
    [InlineData(true, true, """["tables","blobs"]""")]
    public async Task Health_tells_everybody_what_fails_and_nobody_why(bool tables, bool blobs, string failing)
    {
        var rig = new AppRig(Clicks, Errs);
        rig.Tables.Reading = _ => Fail(tables);
        rig.Blobs.Getting = (_, _) => Fail(blobs);
        var (status, body) = await rig.Start().Http.HealthAsync();
        Assert.Equal((503, $$"""{"status":"failing","pipelines":2,"failing":{{failing}}}"""), (status, body.ToJsonString()));
    }

    // A client's own time limit shows as a cancellation.
    [Fact]
    public async Task Health_is_failing_when_the_storage_does_not_answer_in_time()
    {
        var rig = new AppRig(Clicks, Errs);
        rig.Tables.Reading = static _ => throw new TaskCanceledException("secret");
        Assert.Equal(503, (await rig.Start().Http.HealthAsync()).Status);
    }

    [Fact]
    public async Task Pipelines_are_listed_with_their_functions_counts_and_positions()
    {
        var rig = new AppRig(Clicks, Errs);
        var process = rig.Start();
        rig.Put("clicks", ["""{"n":1}""", """{"n":0}""", """{"drop":1}""", """{"to":1}""", "none"], partition: 1);
        rig.Put("clicks", ["""{"list":[1,2,3],"n":5}"""]);
        await rig.WorkAsync(process);
        var (status, body) = await process.Http.PipelinesAsync();
        Assert.Equal(200, status);
        var clicks = body.AsArray().Single(p => (string)p!["pipeline"]! == "clicks")!;
        Assert.Equal(["clicks:stream:clicks", "clicks-http:http:ingest/clicks"], clicks["functions"]!.AsArray().Select(f => $"{f!["name"]}:{f["kind"]}:{f["source"]}"));
        Assert.Equal(["stream/clicks/0=1", "stream/clicks/1=5"], clicks["partitions"]!.AsArray().Select(p => $"{p!["partition"]}={p["position"]}"));
        Assert.Equal(
            """{"received":6,"generated":0,"delivered":2,"filtered":1,"moved":1,"dead":2,"in_flight":0,"late":0}""", clicks["accounting"]!.ToJsonString());
        Assert.All(body.AsArray(), p => AssertAddsUp(p!["accounting"]!));
        var errs = body.AsArray().Single(p => (string)p!["pipeline"]! == "errs")!;
        Assert.Equal((1, 1), ((int)errs["accounting"]!["received"]!, (int)errs["accounting"]!["delivered"]!));
    }

    [Fact]
    public async Task Dead_letters_are_listed_as_many_as_asked_for_in_the_order_of_their_positions()
    {
        var rig = new AppRig(Clicks, Errs);
        var process = rig.Start();
        rig.Put("clicks", Enumerable.Range(0, 130).Select(n => $"bad {n}"));
        await rig.WorkAsync(process);
        var letters = (await process.Http.ListAsync("clicks")).Body.AsArray();
        Assert.Equal(Enumerable.Range(0, 100), letters.Select(l => (int)l!["offset"]!));
        Assert.Equal(["id", "time", "pipeline", "processor", "step", "reason", "event_id", "stream", "partition", "offset", "index"], letters[0]!.AsObject().Select(p => p.Key));
        Assert.Equal(130, (await process.Http.ListAsync("clicks", "?most=1000")).Body.AsArray().Count);
        Assert.Equal(7, (await process.Http.ListAsync("clicks", "?most=7")).Body.AsArray().Count);
        Assert.Single((await process.Http.ListAsync("clicks", "?most=-5")).Body.AsArray());
        Assert.Empty((await process.Http.ListAsync("errs")).Body.AsArray());
    }

    [Fact]
    public async Task A_dead_letter_is_shown_for_people()
    {
        var rig = new AppRig(Clicks, Errs);
        var process = rig.Start();
        rig.Put("clicks", ["bad \u00e9", """{"n":0,"user":{"name":"x"},"list":[1]}"""]);
        rig.Hubs.Put("clicks", 1, BinaryData.FromBytes([0xff, 0x00]));
        await rig.WorkAsync(process);
        var shown = new List<JsonObject>();
        foreach (var letter in (await process.Http.ListAsync("clicks")).Body.AsArray())
        {
            var (status, body) = await process.Http.ShowAsync("clicks", (string)letter!["id"]!);
            Assert.Equal(200, status);
            Assert.Equal(letter.ToJsonString(), new JsonObject(body.AsObject().Where(p => letter.AsObject().ContainsKey(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))).ToJsonString());
            shown.Add(body.AsObject());
        }

        Assert.Equal(("bad \u00e9", null), ((string?)shown[0]["raw"], shown[0]["fields"]));
        Assert.Equal("""{"n":0,"user":{"name":"x"},"list":[1]}""", (string?)shown[1]["raw"]);
        Assert.Equal("""{"n":0,"user":{"name":"x"},"list":[1]}""", shown[1]["fields"]!.ToJsonString());
        Assert.Equal((null, "/wA="), ((string?)shown[2]["raw"], (string?)shown[2]["raw_base64"]));
        Assert.Equal(("set", 3), ((string?)shown[1]["processor"], (int)shown[1]["step"]!));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var http = new AppRig(Clicks, Errs).Start().Http;
        Assert.Equal((404, "There is no pipeline 'click'."), Problem(await http.ListAsync("click")));
        Assert.Equal((404, "There is no pipeline 'click'."), Problem(await http.ShowAsync("click", "x")));
        Assert.Equal((404, "There is no pipeline 'click'."), Problem(await http.ReplayAsync("click")));
        Assert.Equal((404, "The pipeline 'clicks' has no dead letter of this id."), Problem(await http.ShowAsync("clicks", "x")));
    }

    private static (int Status, string? Error) Problem((int Status, JsonNode Body) answer) => (answer.Status, (string?)answer.Body["error"]);

    private static void AssertAddsUp(JsonNode counts)
    {
        long Of(params string[] names) => names.Sum(n => (long)counts[n]!);
        Assert.Equal(Of("received", "generated"), Of("delivered", "filtered", "moved", "dead", "in_flight"));
    }

    private static void Fail(bool fails)
    {
        if (fails)
        {
            throw new IOException("The account key 'secret' is wrong.");
        }
    }
}
