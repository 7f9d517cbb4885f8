using System.Text;
using CloudPump.Connectors.Elasticsearch;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Elasticsearch;

public sealed class ElasticsearchSinkTests : IAsyncDisposable
{
    private readonly SearchRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Writes_documents_with_ids_that_come_from_the_events()
    {
        await using var sink = _rig.Sink(new ElasticsearchSink { Index = IndexPattern.Parse("weblogs") });
        await sink.WriteAsync(_rig.Batch(2), default);
        Assert.Null(await sink.FlushAsync(default));
        var lines = Encoding.UTF8.GetString(Assert.Single(_rig.Elastic.Bodies)).Split('\n');
        Assert.Matches("^{\"create\":{\"_index\":\"weblogs\",\"_id\":\"[A-Za-z0-9_-]{16}[.]0\"}}$", lines[0]);
        Assert.Equal("{\"n\":0,\"text\":\"some text\"}", lines[1]);
        Assert.Equal(["", "{\"n\":1,\"text\":\"some text\"}"], lines[3..].Reverse());
        Assert.Equal([0, 1], _rig.Numbers);
    }

    [Fact]
    public async Task An_event_delivered_twice_is_stored_once()
    {
        await using (var sink = _rig.Sink())
        {
            await sink.WriteAsync(_rig.Batch(3), default);
        }

        await using var restarted = _rig.Sink();
        var batch = _rig.Batch(5, text: i => i < 3 ? "changed" : "new");
        await restarted.WriteAsync(batch, default);
        Assert.Equal([0, 1, 2, 3, 4], _rig.Numbers);
        Assert.Equal(2, _rig.Elastic.Indices.Documents.Count(d => (string?)d.Source["text"] == "new"));
        Assert.DoesNotContain(_rig.Elastic.Indices.Documents, d => (string?)d.Source["text"] == "changed");
        Assert.Empty(batch.Failures);
    }

    [Fact]
    public async Task Ids_differ_by_pipeline_stream_partition_position_and_index()
    {
        foreach (var pipeline in new[] { "a", "b" })
        {
            await using var sink = _rig.Sink(pipeline: pipeline);
            var batch = new EventBatch(_rig.Fields);
            foreach (var origin in new[] { new Origin("s", 1), new Origin("s", 11), new Origin("s\n1", 1), new Origin(new string('p', 4000), 1) })
            {
                var index = batch.AddOrigin(origin);
                foreach (var (offset, number) in new[] { (1, 0), (1, 1), (11, 0), (1, 11) })
                {
                    var row = batch.Add(new EventHeader { RawLength = -1, Origin = index, Offset = offset, Index = number });
                    batch.SetInt64(row, _rig.Fields.Id("n"), row);
                }
            }

            await sink.WriteAsync(batch, default);
        }

        Assert.Equal(32, _rig.Ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(_rig.Ids, i => Assert.InRange(i.Length, 18, 22));
    }

    [Theory]
    [InlineData(3, 1 << 20, new[] { 3, 3, 1 })]
    [InlineData(100, 200, new[] { 2, 2, 2, 1 })]
    [InlineData(100, 1, new[] { 1, 1, 1, 1, 1, 1, 1 })]
    public async Task Cuts_a_batch_into_requests(int maxEvents, int maxBytes, int[] counts)
    {
        await using var sink = _rig.Sink(new ElasticsearchSink { MaxEvents = maxEvents, MaxBytes = new ByteSize(maxBytes) });
        await sink.WriteAsync(_rig.Batch(7), default);
        Assert.Equal(counts, _rig.Elastic.Requests.Select(r => r.Length));
        Assert.All(_rig.Elastic.Bodies.Where((_, i) => counts[i] > 1), b => Assert.True(b.Length <= maxBytes));
        Assert.Equal(7, _rig.Numbers.Count());
    }

    [Fact]
    public async Task Documents_of_several_lines_go_out_on_one()
    {
        await using var sink = _rig.Sink();
        var batch = _rig.Batch(1, text: _ => "two\nlines");
        batch.SetText(0, _rig.Fields.Id("object"), FieldKind.Object, "{\r\n  \"a\": [\n1 ]\n}"u8);
        await sink.WriteAsync(batch, default);
        var source = Assert.Single(_rig.Elastic.Indices.Documents).Source;
        Assert.Equal(("two\nlines", "{\"a\":[1]}"), ((string?)source["text"], source["object"]!.ToJsonString()));
    }

    [Fact]
    public async Task An_own_id_replaces_with_index_and_fails_where_it_is_none()
    {
        await using var sink = _rig.Sink(new ElasticsearchSink { Id = "text", Op = BulkOperation.Index, Pipeline = "_none" });
        var texts = new[] { "a", "", "a", new string('x', 512), new string('x', 513), "\"b\"\\" };
        var batch = _rig.Batch(8, text: i => i < 6 ? texts[i] : "");
        batch.SetInt64(6, _rig.Fields.Id("text"), 7);
        batch.RemoveField(7, _rig.Fields.Id("text"));
        await sink.WriteAsync(batch, default);
        Assert.Equal(new[] { "a", new string('x', 512), "\"b\"\\", "7" }.Order(StringComparer.Ordinal), _rig.Ids.Order(StringComparer.Ordinal));
        Assert.Equal(2, (int)_rig.Elastic.Indices.Documents.Single(d => d.Id == "a").Source["n"]!);
        Assert.Equal([1, 4, 7], batch.Failures.Select(f => f.Row).Order());
        Assert.Equal("The document's id has 513 bytes; it takes 1 to 512, in UTF-8.", batch.Failures.Single(f => f.Row == 4).Reason);
    }

    [Fact]
    public async Task Nothing_is_sent_when_no_event_has_an_id()
    {
        await using var sink = _rig.Sink(new ElasticsearchSink { Id = "missing" });
        var batch = _rig.Batch(3);
        await sink.WriteAsync(batch, default);
        Assert.Equal(3, batch.Failures.Count);
        Assert.Empty(_rig.Elastic.Requests);
    }

    [Fact]
    public async Task The_ingest_pipeline_is_named_and_a_data_stream_takes_documents()
    {
        _rig.Elastic.Indices.DataStreams.Add("logs-web");
        _rig.Elastic.Indices.Pipelines.Add("geo");
        await using var sink = _rig.Sink(new ElasticsearchSink { Index = IndexPattern.Parse("logs-web"), Pipeline = "geo" });
        await sink.WriteAsync(_rig.Batch(1), default);
        Assert.EndsWith("\"pipeline\":\"geo\"}}", Encoding.UTF8.GetString(_rig.Elastic.Bodies[0]).Split('\n')[0], StringComparison.Ordinal);
        Assert.Single(_rig.Ids);
    }

    [Fact]
    public async Task The_hosts_own_transport_is_used_when_it_has_one()
    {
        var transport = new TakingTransport();
        await using (var sink = _rig.Sink(services: transport))
        {
            await sink.WriteAsync(_rig.Batch(3), default);
        }

        Assert.Equal((1, true), (transport.Sent, transport.IsDisposed));
        Assert.Empty(_rig.Elastic.Requests);
    }

    [Fact]
    public async Task A_cluster_may_lie_below_a_path_and_ask_for_user_and_password()
    {
        await using var rig = new SearchRig("/clusters/a");
        rig.Elastic.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:pässword"));
        await using var sink = rig.Sink(connection: new ElasticsearchConnection { User = "me", Password = "pässword" });
        await sink.WriteAsync(rig.Batch(1), default);
        Assert.Single(rig.Ids);
    }

    [Theory]
    [InlineData("key", "me", "password", "A connection has an 'api_key' or a 'user' and 'password', not both.")]
    [InlineData(null, "me", null, "The connection's 'user' needs a 'password'.")]
    [InlineData(null, null, "password", "The connection's 'password' needs a 'user'.")]
    public void A_connection_that_cannot_be_used_is_said(string? key, string? user, string? password, string message)
    {
        var connection = new ElasticsearchConnection { ApiKey = key, User = user, Password = password };
        var error = Assert.Throws<DefinitionException>(() => _rig.Sink(connection: connection));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
