using System.Text;
using System.Text.Json.Nodes;

namespace CloudPump.Tests.App;

/// <summary>Events posted over HTTP.</summary>
public class IngestTests
{
    private const int Limit = 16 << 20;

    private const string Streamed = """
        pipeline: clicks
        sources:
          - stream: {name: clicks, partitions: 4}
        processors:
          - parse: json
        sink:
          "null": {}
        """;

    private const string Filed = """
        pipeline: files
        sources:
          - file: nothing.log
        processors:
          - parse: json
        sink:
          "null": {}
        """;

    [Fact]
    public async Task Every_line_becomes_an_event_of_the_hub()
    {
        var rig = new AppRig(Streamed);
        var process = rig.Start();
        var (status, body) = await process.Http.IngestAsync("clicks", "{\"n\":1}\r\n\n{\"n\":2}\n\r\n{\"n\":3}");
        Assert.Equal((202, 3), (status, (int)body["accepted"]!));
        Assert.Equal(["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"], Messages(rig));
        await rig.WorkAsync(process);
        Assert.Equal(["{\"n\":1}", "{\"n\":2}", "{\"n\":3}"], rig.Output("clicks"));
    }

    [Fact]
    public async Task Events_of_one_key_come_in_order_in_one_partition()
    {
        var rig = new AppRig(Streamed);
        var http = rig.Start().Http;
        for (var n = 0; n < 40; n++)
        {
            Assert.Equal(202, (await http.IngestAsync("clicks", $"{{\"k\":\"{n % 8}\",\"n\":{n}}}", $"?key={new string((char)('a' + (n % 8)), n % 8 == 7 ? 500 : 5)}")).Status);
        }

        var partitions = Enumerable.Range(0, 4).Select(p => rig.Hubs.Messages("clicks", p).Select(m => JsonNode.Parse(m.Body.ToString())!).ToList()).ToList();
        foreach (var key in Enumerable.Range(0, 8).Select(k => k.ToString()))
        {
            var events = Assert.Single(partitions.Select(p => p.Where(e => (string)e["k"]! == key).Select(e => (int)e["n"]!).ToList()), p => p.Count > 0);
            Assert.Equal(Enumerable.Range(0, 40).Where(n => n % 8 == int.Parse(key)), events);
        }

        Assert.True(partitions.Count(p => p.Count > 0) > 1);
    }

    [Fact]
    public async Task Nothing_posted_is_nothing_sent()
    {
        var rig = new AppRig(Streamed, Filed);
        var http = rig.Start().Http;
        foreach (var pipeline in new[] { "clicks", "files" })
        {
            var (status, body) = await http.IngestAsync(pipeline, "\n\r\n");
            Assert.Equal((202, 0), (status, (int)body["accepted"]!));
        }

        Assert.Equal((0, 0), (rig.Hubs.Sends, rig.Bus.Messages));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused_whole(bool tellsLength)
    {
        var rig = new AppRig(Streamed);
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 1023) + "\n", (Limit >> 10) + 1)));
        var http = rig.Start().Http;
        var (status, body) = await http.IngestAsync("clicks", lines, "", tellsLength);
        Assert.Equal((413, $"A request takes {Limit} bytes at most; send several."), (status, (string)body["error"]!));
        Assert.Empty(Messages(rig));
        Assert.Equal(202, (await http.IngestAsync("clicks", lines[..Limit], "", tellsLength)).Status);
        Assert.Equal(Limit >> 10, Messages(rig).Count);
    }

    [Fact]
    public async Task One_event_that_the_hub_cannot_take_refuses_the_whole_request()
    {
        var rig = new AppRig(Streamed);
        var lines = string.Join('\n', [.. Enumerable.Repeat(new string('a', 400_000), 5), new string('b', 1_100_000), "c"]);
        var (status, body) = await rig.Start().Http.IngestAsync("clicks", lines);
        Assert.Equal((413, "An event of 1100000 bytes is larger than what one message takes."), (status, (string)body["error"]!));
        Assert.Empty(Messages(rig));
    }

    [Fact]
    public async Task A_pipeline_without_a_stream_gets_them_over_the_topic()
    {
        var rig = new AppRig(Filed);
        var process = rig.Start();
        var events = Enumerable.Range(0, 5_000).Select(n => $$"""{"n":{{n}},"text":"{{new string('x', 100)}}"}""").ToList();
        var (status, body) = await process.Http.IngestAsync("files", string.Join("\r\n", events));
        Assert.Equal((202, 5_000), (status, (int)body["accepted"]!));
        Assert.Equal(1, rig.Bus.Messages);
        await rig.WorkAsync(process);
        Assert.Equal(events.Order(StringComparer.Ordinal), rig.Output("files"));
        Assert.Equal(["completed"], rig.Bus.Settled);
    }

    [Fact]
    public async Task A_large_request_whose_blob_is_gone_is_a_dead_letter_and_not_nothing()
    {
        var rig = new AppRig(Filed);
        var process = rig.Start();
        await process.Http.IngestAsync("files", string.Join('\n', Enumerable.Repeat(new string('x', 1_000), 1_000)));
        await rig.Blobs.DeleteAsync("claims", Assert.Single(rig.Blobs.Names("claims")), default);
        await rig.WorkAsync(process);
        var letter = Assert.Single((await process.Http.ListAsync("files")).Body.AsArray())!;
        Assert.Equal("source", (string)letter["processor"]!);
        Assert.StartsWith("The message from another pipeline cannot be read", (string)letter["reason"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clicks")]
    [InlineData("files")]
    public async Task What_is_not_durable_is_not_accepted(string pipeline)
    {
        var rig = new AppRig(Streamed, Filed);
        rig.Hubs.Sending = static _ => throw new IOException("away");
        rig.Bus.Sending = static () => throw new IOException("away");
        await Assert.ThrowsAsync<IOException>(() => rig.Start().Http.IngestAsync(pipeline, "{}"));
    }

    private static List<string> Messages(AppRig rig) => [.. Enumerable.Range(0, 4).SelectMany(p => rig.Hubs.Messages("clicks", p)).Select(m => m.Body.ToString())];
}
