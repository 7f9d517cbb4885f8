using System.Globalization;
using CloudPump.App.Analyzers;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Shards;

namespace CloudPump.Tests.App;

/// <summary>Shards as durable entities: signals, the sweep, states of any size, changed definitions.</summary>
public class ShardTests
{
    private const string Sums = """
        pipeline: sums
        sink:
          "null": {}
        """;

    [Fact]
    public async Task Signals_that_are_all_lost_are_made_good_by_the_sweep()
    {
        var rig = new AppRig(Clicks(shards: 3), Sums);
        rig.Entities.Loses = s => s.Operation != ShardKeeper.Sweep;
        var process = rig.Start();
        rig.Put("clicks", At(1, 2, 3, 14, 25));
        await rig.WorkAsync(process);
        Assert.Equal(0, rig.Entities.Entities);

        // Results are published by the next sweep too, since the signal to publish is lost as well.
        await rig.EndAsync(process);

        Assert.Equal(["a@0=3", "a@10=1", "a@20=1"], Results(rig));
    }

    [Fact]
    public async Task An_app_without_events_sends_no_signals_and_writes_nothing()
    {
        var rig = new AppRig(Clicks(shards: 4), Sums);
        var process = rig.Start();
        rig.Put("clicks", At(1, 2, 3));
        await rig.EndAsync(process);
        var (signals, rows) = (rig.Entities.Sent["sweep"], rig.Tables["cloudpumpprogress"].Transactions);

        for (var minute = 0; minute < 60; minute++)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(1));
            await process.SweepAsync();
        }

        Assert.Equal((signals, rows), (rig.Entities.Sent["sweep"], rig.Tables["cloudpumpprogress"].Transactions));
    }

    [Fact]
    public async Task A_shard_that_no_piece_touches_closes_by_the_others_time()
    {
        var rig = new AppRig(Clicks(shards: 8), Sums);
        var process = rig.Start();
        rig.Put("clicks", At(1).Concat(At("b", 1)).Concat(At("c", 1)));
        await rig.WorkAsync(process);
        rig.Put("clicks", At(30));
        await rig.WorkAsync(process);
        Assert.Equal(["a@0=1"], Results(rig));

        await process.SweepAsync();
        await rig.WorkAsync(process);

        Assert.Equal(["a@0=1", "b@0=1", "c@0=1"], Results(rig));
    }

    [Fact]
    public async Task A_silent_partition_holds_time_back_until_it_is_idle()
    {
        var rig = new AppRig(Clicks(partitions: 2), Sums);
        var process = rig.Start();
        await process.SweepAsync();
        rig.Put("clicks", At(1, 30));
        await rig.WorkAsync(process);
        await process.SweepAsync();
        await rig.WorkAsync(process);
        Assert.Empty(Results(rig));

        rig.Time.Advance(TimeSpan.FromSeconds(61));
        rig.Put("clicks", At(31));
        await rig.WorkAsync(process);
        await process.SweepAsync();
        await rig.WorkAsync(process);

        Assert.Equal(["a@0=1"], Results(rig));
    }

    [Fact]
    public async Task Applied_pieces_are_deleted_from_the_outbox()
    {
        var rig = new AppRig(Clicks(), Sums);
        rig.BatchSize = 1;
        var process = rig.Start();
        rig.Put("clicks", At([.. Enumerable.Range(0, 250)]));
        await rig.WorkAsync(process);
        Assert.Equal(251, rig.Tables["cloudpumpprogress"].Rows.Count);

        await process.SweepAsync();
        await rig.WorkAsync(process);

        Assert.Single(rig.Tables["cloudpumpprogress"].Rows);
    }

    [Fact]
    public async Task A_large_state_lies_in_blobs_and_old_ones_are_deleted()
    {
        var rig = new AppRig(Clicks(size: "1d"), Sums);
        var process = rig.Start();
        rig.Put("clicks", Enumerable.Range(0, 60_000).SelectMany(n => At($"key-{n % 30_000}", 1 + (n / 60))));
        await rig.WorkAsync(process);
        Assert.InRange(rig.Entities.LargestState, 100_000, 800_000);
        Assert.InRange(rig.Blobs.Names(BlobContainers.State).Count, 1, 40);

        await rig.EndAsync(process);

        Assert.Equal(30_000, Results(rig).Count);
        Assert.All(Results(rig), r => Assert.EndsWith("=2", r, StringComparison.Ordinal));
        Assert.InRange(rig.Entities.LargestState, 100_000, 800_000);
    }

    [Fact]
    public async Task A_process_that_comes_later_goes_on_from_the_record()
    {
        var rig = new AppRig(Clicks(size: "1d"), Sums);
        for (var round = 0; round < 20; round++)
        {
            rig.Put("clicks", Enumerable.Range(0, 1_000).SelectMany(n => At($"key-{n}", 1 + round)));
            await rig.WorkAsync(rig.Start());
        }

        await rig.EndAsync(rig.Start());

        Assert.Equal(1_000, Results(rig).Count);
        Assert.All(Results(rig), r => Assert.EndsWith("=20", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_piece_that_cannot_be_read_is_a_dead_letter_and_results_that_may_lack_it_say_so()
    {
        var rig = new AppRig(Clicks(), Sums);
        var process = rig.Start();
        rig.Put("clicks", At(1));
        await rig.WorkAsync(process);
        rig.Entities.Loses = s => s.Operation == ShardKeeper.Apply;
        rig.Put("clicks", At(2));
        await rig.WorkAsync(process);
        var piece = rig.Tables["cloudpumpprogress"].Rows.Single(r => r.RowKey.EndsWith('2'));
        piece["Body"] = new byte[] { 0xff, 0xff, 0xff };
        rig.Entities.Loses = static _ => false;
        rig.Put("clicks", At(3, 41, 60));

        await rig.EndAsync(process);

        Assert.Equal(["a@0=2 partial", "a@40=1", "a@60=1"], Results(rig));
        var letter = Assert.Single(await process.Get<IDeadLetterStore>().ListAsync("clicks", 10, TestContext.Current.CancellationToken));
        Assert.Contains("Piece 2 of 'stream/clicks/0'", letter.Letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_definition_closes_the_old_generation_as_partial_and_begins_anew()
    {
        var rig = new AppRig(Clicks(), Sums);
        var process = rig.Start();
        rig.Put("clicks", At(1, 2));
        await rig.WorkAsync(process);
        await process.SweepAsync();
        await rig.WorkAsync(process);
        rig.Time.Advance(TimeSpan.FromMinutes(5));

        var next = rig.Deploy(Clicks(size: "20s"), Sums);
        next.Put("clicks", At(3));
        await next.EndAsync(next.Start());

        Assert.Equal(["a@0=2 partial", "a@0=1"], Results(next));
        Assert.Equal(1, rig.Entities.Entities);
        Assert.Single(rig.Tables["cloudpumpanalyzers"].Rows, r => r.PartitionKey == "analyzers");
    }

    [Fact]
    public async Task An_old_version_that_still_runs_leaves_what_the_new_one_brought()
    {
        var rig = new AppRig(Clicks(), Sums);
        var old = rig.Start();
        rig.Put("clicks", At(1));
        await rig.WorkAsync(old);
        await old.SweepAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        var next = rig.Deploy(Clicks(size: "20s"), Sums);
        var process = next.Start();
        next.Put("clicks", At(3));
        await next.WorkAsync(process);
        await process.SweepAsync();
        await old.SweepAsync();
        await rig.WorkAsync(old);

        await next.EndAsync(process);

        // The first is of the old generation's ten seconds; the second is whole.
        Assert.Equal(["a@0=1 partial", "a@0=1"], Results(next));
    }

    [Fact]
    public async Task What_a_latch_holds_can_be_read_and_cleared()
    {
        const string Latch = """
            pipeline: clicks
            sources:
              - stream: {name: clicks, partitions: 1}
            processors:
              - parse: json
              - latch: {name: latest, by: [k], keep: 1}
            sink:
              "null": {}
            """;
        var rig = new AppRig(Latch);
        var process = rig.Start();
        rig.Put("clicks", At(1, 2, 9));
        await rig.WorkAsync(process);
        rig.Put("clicks", At("b", 30));
        await rig.WorkAsync(process);
        var analyzer = Assert.Single(Analyzers.AllOf(process.Host));
        var entity = EntitySignals.EntityOf(new ShardAddress(analyzer, 0));

        var held = (string?)await rig.Entities.AskAsync(process.Entity, entity, ShardKeeper.Read);
        Assert.Contains("12:00:09", held, StringComparison.Ordinal);

        await rig.Entities.AskAsync(process.Entity, entity, ShardKeeper.Clear);
        Assert.Equal("", await rig.Entities.AskAsync(process.Entity, entity, ShardKeeper.Read));
        rig.Put("clicks", At(50, 60));
        await rig.WorkAsync(rig.Start());
        held = (string?)await rig.Entities.AskAsync(process.Entity, entity, ShardKeeper.Read);
        Assert.Empty(rig.Log.Lines);
        Assert.Contains("12:00:50", held, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_never_throws_and_leaves_the_state_when_storage_is_away()
    {
        var rig = new AppRig(Clicks(), Sums);
        var process = rig.Start();
        rig.Put("clicks", At(1));
        await rig.WorkAsync(process);
        rig.Put("clicks", At(2));
        var input = rig.Input("clicks");
        await process.InvokeAsync(input, 0, rig.Hubs.Messages("clicks", 0).Skip(1));
        rig.SetCheckpoint(input, 0, 2);
        var signal = rig.Entities.Take()!;
        await rig.Entities.RunAsync(process.Entity, signal with { Input = signal.Input!.Replace("\"Number\":2", "\"Number\":7", StringComparison.Ordinal).Replace("\"Body\":\"", "\"X\":\"", StringComparison.Ordinal) });
        await rig.Entities.RunAsync(process.Entity, signal with { Operation = "no-such" });
        await rig.Entities.RunAsync(process.Entity, signal with { Id = new("analyzer", "nobody:0") });

        await rig.EndAsync(process);

        Assert.Equal(["a@0=2"], Results(rig));
    }

    internal static string Clicks(string size = "10s", int shards = 1, int partitions = 1) => $$"""
        pipeline: clicks
        sources:
          - stream: {name: clicks, partitions: {{partitions}}}
        processors:
          - parse: json
          - time_window: {name: w, size: {{size}}, by: [k], shards: {{shards}}, measures: {hits: count()}, to: sums}
        sink:
          "null": {}
        """;

    internal static IEnumerable<string> At(params int[] seconds) => At("a", seconds);

    internal static IEnumerable<string> At(string key, params int[] seconds) => seconds.Select(s =>
        $$"""{"k":"{{key}}","timestamp":"{{new DateTimeOffset(2026, 10, 10, 12, 0, 0, TimeSpan.Zero).AddSeconds(s).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}"}""");

    internal static IReadOnlyList<string> Results(AppRig rig) => [.. rig.Output("sums").Select(Embedded.HostRig.Hits)];

    private static class Analyzers
    {
        public static IEnumerable<string> AllOf(InvocationHost host) =>
            host.Set.Reachable().SelectMany(p => CloudPump.Analyzers.AnalyzerKey.Of(p, host.Registry)).Select(a => a.Key);
    }
}
