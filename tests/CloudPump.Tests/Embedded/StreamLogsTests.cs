using CloudPump.Embedded;
using CloudPump.Embedded.Storage;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Tests.Embedded;

public sealed class StreamLogsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudpump-test");
    private StoreRig _rig = null!;

    public ValueTask InitializeAsync()
    {
        _rig = new StoreRig(_folder.FullName);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task Partitions_keep_their_events_apart_and_in_order_also_over_a_restart()
    {
        Assert.Equal(3, _rig.Logs.PartitionsOf("s", 3));
        await _rig.CommitAsync(StoreRig.ToStream("s", 0, "a", "b"), StoreRig.ToStream("s", 2, "x"));
        await _rig.CommitAsync(StoreRig.ToStream("s", 0, "c"));
        await RestartAsync();
        await _rig.CommitAsync(StoreRig.ToStream("s", 0, "d"), StoreRig.ToStream("s", 0, "e"));
        Assert.Equal(["a", "b", "c", "d", "e"], await _rig.ReadAsync(_rig.Logs.OfStream("s", 0)));
        Assert.Equal(["x"], await _rig.ReadAsync(_rig.Logs.OfStream("s", 2)));
        Assert.Empty(await _rig.ReadAsync(_rig.Logs.OfStream("s", 1)));
        Assert.Equal(3, _rig.Logs.PartitionsOf("s", 8));
    }

    [Theory(Timeout = HostRig.Patience)]
    [InlineData(0, "a,b,c,d,e")]
    [InlineData(1, "b,c,d,e")]
    [InlineData(3, "d,e")]
    [InlineData(4, "e")]
    [InlineData(5, "")]
    public async Task A_reader_can_begin_in_the_middle_of_a_block(long position, string rest)
    {
        await _rig.CommitAsync(StoreRig.ToStream("s", 0, "a", "b", "c"), StoreRig.ToStream("s", 0, "d", "e"));
        Assert.Equal(rest, string.Join(',', await _rig.ReadAsync(_rig.Logs.OfStream("s", 0), position)));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_subscription_gets_what_is_published_under_its_filter_from_then_on()
    {
        _rig.Logs.Subscribe("routes", "all", "");
        await _rig.CommitAsync(StoreRig.ToTopic("errors", "1"));
        _rig.Logs.Subscribe("routes", "errors", "errors");
        await RestartAsync();
        await _rig.CommitAsync(StoreRig.ToTopic("errors", "2"), StoreRig.ToTopic("probes", "3"));
        Assert.Equal(["1", "2", "3"], await _rig.ReadAsync(_rig.Logs.Subscribe("routes", "all", "")));
        Assert.Equal(["2"], await _rig.ReadAsync(_rig.Logs.Subscribe("routes", "errors", "errors")));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_log_made_for_a_transaction_that_failed_takes_the_events_of_the_next()
    {
        StoreDatabase.Execute(_rig.Database.Writer, "CREATE TRIGGER full BEFORE INSERT ON block BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        _rig.Logs.Subscribe("routes", "t", "t");
        var commit = StoreRig.Commit([StoreRig.ToStream("new", 0, "a"), StoreRig.ToTopic("t", "b")]);
        var failure = await Assert.ThrowsAsync<StoreException>(() => _rig.CommitAsync(commit));
        Assert.Contains("disk full", failure.Message, StringComparison.Ordinal);
        StoreDatabase.Execute(_rig.Database.Writer, "DROP TRIGGER full");
        await _rig.CommitAsync(commit);
        await _rig.CommitAsync(StoreRig.ToStream("newer", 0, "c"));
        await RestartAsync();
        Assert.Equal(["a"], await _rig.ReadAsync(_rig.Logs.OfStream("new", 0)));
        Assert.Equal(["b"], await _rig.ReadAsync(_rig.Logs.Subscribe("routes", "t", "t")));
        Assert.Equal(["c"], await _rig.ReadAsync(_rig.Logs.OfStream("newer", 0)));
    }

    [Fact]
    public void A_log_that_could_not_be_written_down_is_not_remembered()
    {
        SQLitePCL.raw.sqlite3_commit_hook(_rig.Database.Writer.Handle, static _ => 1, null);
        Assert.ThrowsAny<Exception>(() => _rig.Logs.OfStream("s", 0));
        SQLitePCL.raw.sqlite3_commit_hook(_rig.Database.Writer.Handle, null, null);
        Assert.Null(_rig.Logs.Find("stream/s/0"));
        _rig.Logs.OfStream("s", 0);
        Assert.Equal(1, _rig.Count("log"));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task Blocks_of_a_stream_go_when_they_are_consumed_and_over_their_retention()
    {
        var log = _rig.Logs.OfStream("s", 0);
        await _rig.CommitAsync(StoreRig.ToStream("s", 0, "a", "b"));
        _rig.Clock.Advance(TimeSpan.FromHours(20));
        await _rig.CommitAsync(StoreRig.ToStream("s", 0, "c"));
        _rig.Clock.Advance(TimeSpan.FromHours(5));
        await ConsumeAsync("p", log, 1);
        Assert.Equal(["a", "b", "c"], await _rig.ReadAsync(log));
        await ConsumeAsync("p", log, 3);
        Assert.Equal(["c"], await _rig.ReadAsync(log));
        _rig.Clock.Advance(TimeSpan.FromDays(1));
        await ConsumeAsync("p", log, 3);
        Assert.Empty(await _rig.ReadAsync(log));
        await _rig.CommitAsync(StoreRig.ToStream("s", 0, "d"));
        Assert.Equal(["d"], await _rig.ReadAsync(log));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_subscription_keeps_only_what_its_consumer_has_not_taken()
    {
        var log = _rig.Logs.Subscribe("routes", "t", "t");
        await _rig.CommitAsync(StoreRig.ToTopic("t", "a", "b"), StoreRig.ToTopic("t", "c"));
        await ConsumeAsync("t", log, 1);
        Assert.Equal(["b", "c"], await _rig.ReadAsync(log, 1));
        await ConsumeAsync("t", log, 2);
        Assert.Equal(1, _rig.Count("block"));
        Assert.Equal(["c"], await _rig.ReadAsync(log, 2));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task The_slowest_consumer_says_what_stays_and_when_senders_wait()
    {
        var log = _rig.Logs.OfStream("s", 0);
        log.AddConsumer("fast", 0);
        log.AddConsumer("slow", 0);
        await _rig.CommitAsync(StoreRig.ToStream("s", 0, new string('a', 2000)));
        _rig.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True(log.IsFull);
        await ConsumeAsync("fast", log, 1);
        Assert.True(log.IsFull);
        Assert.Equal(1, _rig.Count("block"));
        var changed = log.Changed;
        await ConsumeAsync("slow", log, 1);
        Assert.False(log.IsFull);
        Assert.True(changed.IsCompleted);
        Assert.Equal(0, _rig.Count("block"));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_read_leaves_the_field_names_to_the_pipelines_thread()
    {
        var bench = new Bench().Add("""{"n":1}""").Parse(new CloudPump.Parsers.Json());
        var writer = new EventBlockWriter(bench.Batch.Fields);
        writer.Add(bench.Batch, 0);
        await _rig.CommitAsync(new Outgoing(OutletKind.Stream, "s", 0, 1, writer.ToBlock(Bench.Origin)));
        await using var partition = new LogPartition(_rig.Logs.OfStream("s", 0), "reader", _rig.Database, endsWhenDrained: true);
        await partition.OpenAsync(null, TestContext.Current.CancellationToken);
        var batch = new EventBatch(new FieldTable());
        Assert.Equal(ReadResult.Events, await partition.ReadAsync(batch, TestContext.Current.CancellationToken));
        Assert.Equal((0, 0), (batch.Fields.Count, batch.RowCount));
        partition.Decode(batch);
        Assert.Equal((1, 1, 1L), (batch.Fields.Count, batch.RowCount, batch.NextOffset));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_log_without_a_consumer_holds_nobody_back()
    {
        await _rig.CommitAsync(StoreRig.ToStream("s", 0, new string('a', 2000)));
        Assert.False(_rig.Logs.OfStream("s", 0).IsFull);
    }

    private Task ConsumeAsync(string consumer, StreamLog log, long position) =>
        _rig.CommitAsync(StoreRig.Commit(progress: [StoreRig.At(log.Name, position)], pipeline: consumer));

    private async Task RestartAsync()
    {
        await _rig.DisposeAsync();
        _rig = new StoreRig(_folder.FullName);
    }
}
