using CloudPump.Connectors.Elasticsearch;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Elasticsearch;

public sealed class ElasticsearchFailureTests : IAsyncDisposable
{
    private readonly SearchRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    // Every row of the facts' table; what the sink itself never causes comes from the stand-in's program.
    [Theory]
    [InlineData(400, "illegal_argument_exception", "if _id is specified it must not be empty", "")]
    [InlineData(400, "illegal_argument_exception", "pipeline with id [secret value] does not exist", "")]
    [InlineData(400, "illegal_argument_exception", "no write index is defined for alias [secret value]", "")]
    [InlineData(400, "document_parsing_exception", "[1:9] failed to parse field [text] of type [long] in document with id 'x'. Preview of field's value: 'secret value'", ": the field 'text' cannot be read as long")]
    [InlineData(400, "document_parsing_exception", "[1:9] Can't find dynamic template for dynamic template name [secret value] of field [text]", "")]
    [InlineData(404, "index_not_found_exception", "no such index [secret value] and [require_alias] request flag is [true]", "")]
    [InlineData(404, "document_missing_exception", "[secret value]: document missing", "")]
    [InlineData(409, "version_conflict_engine_exception", "[secret value]: version conflict", null)]
    [InlineData(409, "secret value", "failed to parse field [secret value] of type [secret value", "")]
    [InlineData(413, "document_too_large", "secret value", "")]
    [InlineData(429, "es_rejected_execution_exception", "rejected execution", null)]
    [InlineData(500, "node_closed_exception", "closed", null)]
    [InlineData(503, "unavailable_shards_exception", "[secret value]", null)]
    public async Task An_item_that_fails_leaves_its_neighbours_alone(int status, string type, string reason, string? shown)
    {
        var failures = 0;
        _rig.Elastic.ItemFault = i => Number(i) == 1 && failures++ == 0 ? new StrictRefusal(status, type, reason) : null;
        await using var sink = _rig.Sink();
        var batch = _rig.Batch(3);
        await sink.WriteAsync(batch, default);
        var retried = status is 429 or >= 500;
        Assert.Equal(retried ? [0, 1, 2] : [0, 2], _rig.Numbers);
        Assert.Equal(retried ? 2 : 1, _rig.Elastic.Requests.Count);
        if (shown is null)
        {
            Assert.Empty(batch.Failures);
            return;
        }

        var failure = Assert.Single(batch.Failures);
        Assert.Equal((1, $"Elasticsearch answered {status} ({(type.Contains(' ') ? "unknown error" : type)}) for this document{shown}."), (failure.Row, failure.Reason));
        Assert.DoesNotContain("secret", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_refuses_by_itself_becomes_dead_letters_without_values()
    {
        _rig.Elastic.Indices.Longs.Add("text");
        await using var sink = _rig.Sink();
        var batch = _rig.Batch(6, text: i => i % 2 == 0 ? "17" : "me@example.org");
        await sink.WriteAsync(batch, default);
        Assert.Equal([0, 2, 4], _rig.Numbers);
        Assert.Equal([1, 3, 5], batch.Failures.Select(f => f.Row));
        Assert.All(batch.Failures, f => Assert.Equal("Elasticsearch answered 400 (document_parsing_exception) for this document: the field 'text' cannot be read as long.", f.Reason));
    }

    [Fact]
    public async Task With_index_a_conflict_is_a_dead_letter()
    {
        _rig.Elastic.ItemFault = i => Number(i) == 0 ? new StrictRefusal(409, "version_conflict_engine_exception", "stale") : null;
        await using var sink = _rig.Sink(new ElasticsearchSink { Op = BulkOperation.Index });
        var batch = _rig.Batch(2);
        await sink.WriteAsync(batch, default);
        Assert.Equal("Elasticsearch answered 409 (version_conflict_engine_exception) for this document.", Assert.Single(batch.Failures).Reason);
    }

    [Fact]
    public async Task Only_items_that_were_put_off_are_sent_again_after_growing_waits()
    {
        var left = new Dictionary<int, int> { [1] = 1, [3] = 3, [4] = 2 };
        _rig.Elastic.ItemFault = i => left.GetValueOrDefault(Number(i)) > 0 && left[Number(i)]-- > 0 ? StrictRefusal.Busy : null;
        await using var sink = _rig.Sink(new ElasticsearchSink { MaxEvents = 5 });
        await sink.WriteAsync(_rig.Batch(8), default);
        Assert.Equal(["0,1,2,3,4", "1,3,4", "3,4", "3", "5,6,7"], _rig.Elastic.Requests.Select(r => string.Join(',', r.Select(id => id!.Split('.')[1]))));
        Assert.Equal([250, 500, 1000], _rig.Time.Waits.Select(w => w.TotalMilliseconds));
        Assert.Equal(8, _rig.Numbers.Count());
    }

    [Fact]
    public async Task Waits_as_long_as_the_server_asks_but_not_for_ever()
    {
        foreach (var (header, seconds) in new[] { ("7", 7), ("1", 1), ("3600", 60) })
        {
            _rig.Elastic.RetryAfter = header;
            _rig.Elastic.Fault = _ => _rig.Elastic.Requests.Count % 2 == 1 ? StrictFault.Busy : StrictFault.None;
            await using var sink = _rig.Sink();
            await sink.WriteAsync(_rig.Batch(1, offset: seconds), default);
            Assert.Equal(seconds, _rig.Time.Waits[^1].TotalSeconds);
        }
    }

    [Fact]
    public async Task After_failed_attempts_it_says_so_and_goes_on_where_it_was()
    {
        _rig.Elastic.Fault = n => n is > 0 and < 6 ? StrictFault.Unavailable : StrictFault.None;
        _rig.Elastic.Indices.Longs.Add("text");
        await using var sink = _rig.Sink(new ElasticsearchSink { MaxEvents = 2 });
        var batch = _rig.Batch(5, text: i => i == 0 ? "wrong" : "1");
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => sink.WriteAsync(batch, default).AsTask());
        Assert.Equal($"{_rig.Server.Address} answered 503 (es_rejected_execution_exception) (5 attempts).", error.Message);
        await sink.WriteAsync(batch, default);
        Assert.Equal([2, 2, 2, 2, 2, 2, 2, 1], _rig.Elastic.Requests.Select(r => r.Length));
        Assert.Equal([1, 2, 3, 4], _rig.Numbers);
        Assert.Single(batch.Failures);

        await sink.WriteAsync(_rig.Batch(5, offset: 5, text: _ => "1"), default);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], _rig.Numbers);
    }

    [Fact]
    public async Task A_batch_that_was_given_up_and_read_again_has_its_dead_letters_again()
    {
        _rig.Elastic.Fault = n => n is > 0 and < 6 ? StrictFault.Unavailable : StrictFault.None;
        _rig.Elastic.Indices.Longs.Add("text");
        await using var sink = _rig.Sink(new ElasticsearchSink { MaxEvents = 2 });
        await Assert.ThrowsAsync<HttpRequestException>(() => sink.WriteAsync(_rig.Batch(4, text: i => i == 0 ? "wrong" : "1"), default).AsTask());
        var again = _rig.Batch(4, text: i => i == 0 ? "wrong" : "1");
        await sink.WriteAsync(again, default);
        Assert.Equal(0, Assert.Single(again.Failures).Row);
        Assert.Equal([1, 2, 3], _rig.Numbers);
    }

    [Theory]
    [InlineData(new[] { 0, 7, 2, 3 })]
    [InlineData(new[] { 0, 2, 3, 4 })]
    [InlineData(new[] { 7, 1, 2, 3 })]
    [InlineData(new[] { 0, 1, 2, 3, 7 })]
    public async Task A_batch_that_was_given_up_and_cut_anew_is_not_taken_for_the_old_one(int[] numbers)
    {
        _rig.Elastic.Fault = n => n is > 0 and < 6 ? StrictFault.Unavailable : StrictFault.None;
        await using var sink = _rig.Sink(new ElasticsearchSink { MaxEvents = 2 });
        await Assert.ThrowsAsync<HttpRequestException>(() => sink.WriteAsync(_rig.Batch(4), default).AsTask());
        await sink.WriteAsync(_rig.Batch(numbers), default);
        Assert.Equal(numbers.Union([0, 1]).Order(), _rig.Numbers);
    }

    [Fact]
    public async Task A_connection_that_dies_after_the_work_is_done_loses_and_doubles_nothing()
    {
        _rig.Elastic.Fault = n => n switch { 0 => StrictFault.DiesAfter, 1 => StrictFault.CutsAnswer, 2 => StrictFault.DiesBefore, _ => StrictFault.None };
        await using var sink = _rig.Sink();
        var batch = _rig.Batch(3);
        await sink.WriteAsync(batch, default);
        Assert.Equal(4, _rig.Elastic.Requests.Count);
        Assert.Equal([0, 1, 2], _rig.Numbers);
        Assert.Empty(batch.Failures);
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_halved_and_a_document_that_is_becomes_a_dead_letter()
    {
        _rig.Elastic.MaxBytes = 400;
        await using var sink = _rig.Sink();
        var batch = _rig.Batch(20, text: i => i == 9 ? new string('x', 1000) : "text");
        await sink.WriteAsync(batch, default);
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i != 9), _rig.Numbers);
        var failure = Assert.Single(batch.Failures);
        Assert.Equal(9, failure.Row);
        Assert.Matches($"^The document is larger than {_rig.Server.Address} takes: with its action it has 10[0-9]{{2}} bytes.$", failure.Reason);
        Assert.Empty(_rig.Time.Waits);

        // The limit is known now.
        var before = _rig.Elastic.Refused;
        await sink.WriteAsync(_rig.Batch(20, offset: 20), default);
        Assert.Equal((before, 39), (_rig.Elastic.Refused, _rig.Numbers.Count()));
    }

    [Fact]
    public async Task A_key_that_is_not_right_is_said_without_the_key()
    {
        await using var sink = _rig.Sink(connection: new ElasticsearchConnection { ApiKey = "d3Jvbmcta2V5" });
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => sink.WriteAsync(_rig.Batch(1), default).AsTask());
        Assert.Equal($"{_rig.Server.Address} answered 401 (security_exception): the connection's API key, or its user and password, are not right.", error.Message);
        Assert.Empty(_rig.Time.Waits);
    }

    [Theory]
    [InlineData(401, "the connection's API key, or its user and password, are not right")]
    [InlineData(403, "the connection's API key or user may not do this")]
    public async Task An_index_that_the_connection_may_not_write_holds_its_events_back_until_it_may(int status, string advice)
    {
        _rig.Elastic.ItemFault = i => Number(i) is 1 or 2 ? new StrictRefusal(status, "security_exception", "action [secret] is unauthorized for [secret]") : null;
        await using var sink = _rig.Sink();
        var batch = _rig.Batch(4);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => sink.WriteAsync(batch, default).AsTask());
            Assert.Equal($"{_rig.Server.Address} refuses 2 of {(attempt == 0 ? 4 : 2)} document(s) with {status}: {advice}.", error.Message);
        }

        Assert.Equal((0, 0), (batch.Failures.Count, _rig.Time.Waits.Count));
        Assert.Equal([0, 3], _rig.Numbers);
        _rig.Elastic.ItemFault = static _ => null;
        await sink.WriteAsync(batch, default);
        Assert.Equal([0, 1, 2, 3], _rig.Numbers);
        Assert.Empty(batch.Failures);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_after_several_attempts()
    {
        await _rig.Server.DisposeAsync();
        await using var sink = _rig.Sink();
        var batch = _rig.Batch(1);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => sink.WriteAsync(batch, default).AsTask());
        Assert.StartsWith($"{_rig.Server.Address} cannot be reached: ", error.Message, StringComparison.Ordinal);
        Assert.Equal([250, 500, 1000, 2000], _rig.Time.Waits.Select(w => w.TotalMilliseconds));
        Assert.Empty(batch.Failures);
    }

    private static int Number(StrictItem item) => int.Parse(item.Id!.Split('.')[1]);
}
