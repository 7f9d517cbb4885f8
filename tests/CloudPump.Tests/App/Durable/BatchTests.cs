using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Shards;
using Microsoft.DurableTask.Entities;

namespace CloudPump.Tests.App.Durable;

/// <summary>Several operations of a shard in one batch, whose states are kept together: what the first of them did is not durable for the others.</summary>
public class BatchTests
{
    private const string Sums = """
        pipeline: sums
        sink:
          "null": {}
        """;

    private readonly EntityHub _hub = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_of_a_batch_that_is_lost_were_not_published()
    {
        var (rig, process) = await StartAsync(ClicksPipeline.At(1));
        rig.Put("clicks", ClicksPipeline.At(30));
        await DeliverAsync(rig, process);
        await SignalAsync(ShardKeeper.Publish);

        await _hub.StepAsync(process, undo: true);

        Assert.Equal("apply publish", _hub.Batches[^1]);
        Assert.Equal(0, Published(rig));
        await rig.EndAsync(rig.Start());
        Assert.Equal(["a@0=1", "a@30=1"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task Results_that_are_durable_go_out_although_pieces_keep_coming()
    {
        var (rig, process) = await StartAsync(ClicksPipeline.At(1, 30));
        for (var second = 31; second < 36; second++)
        {
            // Each batch has a piece before what the batch before it has sent.
            _hub.Lose();
            rig.Put("clicks", ClicksPipeline.At(second * 10));
            await DeliverAsync(rig, process);
            await SignalAsync(ShardKeeper.Publish);
            await _hub.StepAsync(process);
            Assert.Equal("apply publish", _hub.Batches[^1]);
        }

        Assert.Equal(5, Published(rig));
    }

    [Fact]
    public async Task Pieces_of_a_batch_that_is_lost_are_still_in_the_outbox()
    {
        var (rig, process) = await StartAsync(ClicksPipeline.At(1));
        rig.Put("clicks", ClicksPipeline.At(2));
        await DeliverAsync(rig, process);
        _hub.Lose();
        await SignalAsync(ShardKeeper.Sweep);
        await SignalAsync(ShardKeeper.Sweep);

        await _hub.StepAsync(process, undo: true);

        Assert.Equal("sweep sweep", _hub.Batches[^1]);
        await rig.EndAsync(rig.Start());
        Assert.Equal(["a@0=2"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task Blobs_of_the_durable_state_outlive_a_batch_that_is_lost()
    {
        var (rig, process) = await StartAsync(ClicksPipeline.At(1));
        for (var round = 0; round < 20; round++)
        {
            Put(rig, round);
            await rig.WorkAsync(process);
        }

        // The state is written anew in this batch, and again, and then what the durable one consists of is garbage.
        for (var round = 20; round < 120; round++)
        {
            Put(rig, round);
            await DeliverAsync(rig, process);
        }

        Assert.Equal(100, _hub.Waiting);
        await _hub.StepAsync(process, undo: true);
        await rig.EndAsync(rig.Start());

        Assert.Empty(rig.Log.Lines);
        Assert.Equal(60_001, ClicksPipeline.Results(rig).Count);

        static void Put(AppRig rig, int round) => rig.Put("clicks", Enumerable.Range(0, 500).SelectMany(n => ClicksPipeline.At($"key-{round}-{n}", 1)));
    }

    private async Task<(AppRig Rig, AppProcess Process)> StartAsync(IEnumerable<string> events)
    {
        var rig = new AppRig(AppRig.Read(ClicksPipeline.Yaml(), Sums)) { EntityService = _hub };
        var process = rig.Start();
        rig.Put("clicks", events);
        await DeliverAsync(rig, process);
        await _hub.StepAsync(process);
        await process.SweepAsync();
        _hub.Lose();
        return (rig, process);
    }

    // As the trigger does, while the entity is busy.
    private static async Task DeliverAsync(AppRig rig, AppProcess process)
    {
        var input = rig.Input("clicks");
        foreach (var batch in rig.Hubs.Messages("clicks", 0).Skip(rig.Checkpoint(input, 0)).Chunk(1_000))
        {
            await process.InvokeAsync(input, 0, batch);
            rig.SetCheckpoint(input, 0, rig.Checkpoint(input, 0) + batch.Length);
        }
    }

    private static int Published(AppRig rig) => rig.Hubs.Count(rig.Input("sums").Entity, 0);

    private Task SignalAsync(string operation) =>
        _hub.Client.Entities.SignalEntityAsync(EntityInstanceId.FromString(_hub.States.Keys.Single()), operation, cancellation: Token);
}
