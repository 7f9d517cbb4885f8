using CloudPump.Hosting.Shards;

namespace CloudPump.Tests.App;

/// <summary>Shards as durable entities: signals, the sweep, the outbox.</summary>
public class ShardTests
{
    [Fact]
    public async Task Signals_that_are_all_lost_are_made_good_by_the_sweep()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(shards: 3), ClicksPipeline.Sums);
        rig.Entities.Loses = s => s.Operation != ShardKeeper.Sweep;
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1, 2, 3, 14, 25));
        await rig.WorkAsync(process);
        Assert.Equal(0, rig.Entities.Entities);

        // Results are published by the next sweep too, since the signal to publish is lost as well.
        await rig.EndAsync(process);

        Assert.Equal(["a@0=3", "a@10=1", "a@20=1"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task An_app_without_events_sends_no_signals_and_writes_nothing()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(shards: 4), ClicksPipeline.Sums);
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1, 2, 3));
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
        var rig = new AppRig(ClicksPipeline.Yaml(shards: 8), ClicksPipeline.Sums);
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1).Concat(ClicksPipeline.At("b", 1)).Concat(ClicksPipeline.At("c", 1)));
        await rig.WorkAsync(process);
        rig.Put("clicks", ClicksPipeline.At(30));
        await rig.WorkAsync(process);
        Assert.Equal(["a@0=1"], ClicksPipeline.Results(rig));

        await process.SweepAsync();
        await rig.WorkAsync(process);

        Assert.Equal(["a@0=1", "b@0=1", "c@0=1"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task A_silent_partition_holds_time_back_until_it_is_idle()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(partitions: 2), ClicksPipeline.Sums);
        var process = rig.Start();
        await process.SweepAsync();
        rig.Put("clicks", ClicksPipeline.At(1, 30));
        await rig.WorkAsync(process);
        await process.SweepAsync();
        await rig.WorkAsync(process);
        Assert.Empty(ClicksPipeline.Results(rig));

        rig.Time.Advance(TimeSpan.FromSeconds(61));
        rig.Put("clicks", ClicksPipeline.At(31));
        await rig.WorkAsync(process);
        await process.SweepAsync();
        await rig.WorkAsync(process);

        Assert.Equal(["a@0=1"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task Applied_pieces_are_deleted_from_the_outbox()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(), ClicksPipeline.Sums);
        rig.BatchSize = 1;
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At([.. Enumerable.Range(0, 250)]));
        await rig.WorkAsync(process);
        Assert.Equal(251, rig.Tables["cloudpumpprogress"].Rows.Count);

        await process.SweepAsync();
        await rig.WorkAsync(process);

        Assert.Single(rig.Tables["cloudpumpprogress"].Rows);
    }
}
