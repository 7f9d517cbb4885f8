using CloudPump.Analyzers;
using CloudPump.App.Analyzers;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Shards;

namespace CloudPump.Tests.App;

/// <summary>What a shard keeps: states of any size, pieces that cannot be read, looking and clearing.</summary>
public class ShardStateTests
{
    [Fact]
    public async Task A_large_state_lies_in_blobs_and_old_ones_are_deleted()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(size: "1d"), ClicksPipeline.Sums);
        var process = rig.Start();
        rig.Put("clicks", Enumerable.Range(0, 60_000).SelectMany(n => ClicksPipeline.At($"key-{n % 30_000}", 1 + (n / 60))));
        await rig.WorkAsync(process);
        Assert.InRange(rig.Entities.LargestState, 100_000, 800_000);
        Assert.InRange(rig.Blobs.Names(BlobContainers.State).Count, 1, 40);

        await rig.EndAsync(process);

        Assert.Equal(30_000, ClicksPipeline.Results(rig).Count);
        Assert.All(ClicksPipeline.Results(rig), r => Assert.EndsWith("=2", r, StringComparison.Ordinal));
        Assert.InRange(rig.Entities.LargestState, 100_000, 800_000);
    }

    [Fact]
    public async Task A_process_that_comes_later_goes_on_from_the_record()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(size: "1d"), ClicksPipeline.Sums);
        for (var round = 0; round < 20; round++)
        {
            rig.Put("clicks", Enumerable.Range(0, 1_000).SelectMany(n => ClicksPipeline.At($"key-{n}", 1 + round)));
            await rig.WorkAsync(rig.Start());
        }

        await rig.EndAsync(rig.Start());

        Assert.Equal(1_000, ClicksPipeline.Results(rig).Count);
        Assert.All(ClicksPipeline.Results(rig), r => Assert.EndsWith("=20", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_piece_that_cannot_be_read_is_a_dead_letter_and_results_that_may_lack_it_say_so()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(), ClicksPipeline.Sums);
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1));
        await rig.WorkAsync(process);
        rig.Entities.Loses = s => s.Operation == ShardKeeper.Apply;
        rig.Put("clicks", ClicksPipeline.At(2));
        await rig.WorkAsync(process);
        var piece = rig.Tables["cloudpumpprogress"].Rows.Single(r => r.RowKey.EndsWith('2'));
        piece["Body"] = new byte[] { 0xff, 0xff, 0xff };
        rig.Entities.Loses = static _ => false;
        rig.Put("clicks", ClicksPipeline.At(3, 41, 60));

        await rig.EndAsync(process);

        Assert.Equal(["a@0=2 partial", "a@40=1", "a@60=1"], ClicksPipeline.Results(rig));
        var letter = Assert.Single(await process.Get<IDeadLetterStore>().ListAsync("clicks", 10, TestContext.Current.CancellationToken));
        Assert.Contains("Piece 2 of 'stream/clicks/0'", letter.Letter.Reason, StringComparison.Ordinal);
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
        rig.Put("clicks", ClicksPipeline.At(1, 2, 9));
        await rig.WorkAsync(process);
        rig.Put("clicks", ClicksPipeline.At("b", 30));
        await rig.WorkAsync(process);
        var analyzer = Assert.Single(process.Host.Set.Reachable().SelectMany(p => AnalyzerKey.Of(p, process.Host.Registry))).Key;
        var entity = EntitySignals.EntityOf(new ShardAddress(analyzer, 0));

        var held = (string?)await rig.Entities.AskAsync(process.Entity, entity, ShardKeeper.Read);
        Assert.Contains("12:00:09", held, StringComparison.Ordinal);

        await rig.Entities.AskAsync(process.Entity, entity, ShardKeeper.Clear);
        Assert.Equal("", await rig.Entities.AskAsync(process.Entity, entity, ShardKeeper.Read));
        rig.Put("clicks", ClicksPipeline.At(50, 60));
        await rig.WorkAsync(rig.Start());
        held = (string?)await rig.Entities.AskAsync(process.Entity, entity, ShardKeeper.Read);
        Assert.Empty(rig.Log.Lines);
        Assert.Contains("12:00:50", held, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_never_throws_and_leaves_the_state_when_storage_is_away()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(), ClicksPipeline.Sums);
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1));
        await rig.WorkAsync(process);
        rig.Put("clicks", ClicksPipeline.At(2));
        var input = rig.Input("clicks");
        await process.InvokeAsync(input, 0, rig.Hubs.Messages("clicks", 0).Skip(1));
        rig.SetCheckpoint(input, 0, 2);
        var signal = rig.Entities.Take()!;
        await rig.Entities.RunAsync(process.Entity, signal with { Input = signal.Input!.Replace("\"Number\":2", "\"Number\":7", StringComparison.Ordinal).Replace("\"Body\":\"", "\"X\":\"", StringComparison.Ordinal) });
        await rig.Entities.RunAsync(process.Entity, signal with { Operation = "no-such" });
        await rig.Entities.RunAsync(process.Entity, signal with { Id = new("analyzer", "nobody:0") });

        await rig.EndAsync(process);

        Assert.Equal(["a@0=2"], ClicksPipeline.Results(rig));
    }
}
