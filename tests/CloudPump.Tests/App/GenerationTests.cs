using CloudPump.Hosting.Parcels;

namespace CloudPump.Tests.App;

/// <summary>Analyzers whose definition changes while the app runs.</summary>
public class GenerationTests
{
    [Fact]
    public async Task A_changed_definition_closes_the_old_generation_as_partial_and_begins_anew()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(), ClicksPipeline.Sums);
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1, 2));
        await rig.WorkAsync(process);
        await process.SweepAsync();
        await rig.WorkAsync(process);
        rig.Time.Advance(TimeSpan.FromMinutes(5));

        var next = rig.Deploy(ClicksPipeline.Yaml(size: "20s"), ClicksPipeline.Sums);
        next.Put("clicks", ClicksPipeline.At(3));
        await next.EndAsync(next.Start());

        Assert.Equal(["a@0=2 partial", "a@0=1"], ClicksPipeline.Results(next));
        Assert.Equal(2, rig.Entities.Entities);
        Assert.Single(rig.Tables["cloudpumpanalyzers"].Rows, r => r.PartitionKey == "analyzers");
    }

    [Fact]
    public async Task An_old_version_that_still_runs_leaves_what_the_new_one_brought()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(), ClicksPipeline.Sums);
        var old = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1));
        await rig.WorkAsync(old);
        await old.SweepAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        var next = rig.Deploy(ClicksPipeline.Yaml(size: "20s"), ClicksPipeline.Sums);
        var process = next.Start();
        next.Put("clicks", ClicksPipeline.At(3));
        await next.WorkAsync(process);
        await process.SweepAsync();
        await old.SweepAsync();
        await rig.WorkAsync(old);

        await next.EndAsync(process);

        // The first is of the old generation's ten seconds; the second is whole.
        Assert.Equal(["a@0=1 partial", "a@0=1"], ClicksPipeline.Results(next));
    }

    [Fact]
    public async Task A_definition_that_comes_back_goes_on_with_its_numbers()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(partitions: 2), ClicksPipeline.Sums);
        rig.Put("clicks", ClicksPipeline.At(1, 2), 0);
        rig.Put("clicks", ClicksPipeline.At(1), 1);
        await rig.EndAsync(rig.Start());
        var changed = rig.Deploy(ClicksPipeline.Yaml(size: "20s", partitions: 2), ClicksPipeline.Sums);
        changed.Put("clicks", ClicksPipeline.At(23), 0);
        await changed.EndAsync(changed.Start());

        // One partition has moved meanwhile, the other has not.
        var back = changed.Deploy(ClicksPipeline.Yaml(partitions: 2), ClicksPipeline.Sums);
        var process = back.Start();
        back.Put("clicks", ClicksPipeline.At(45, 46, 70), 0);
        back.Put("clicks", ClicksPipeline.At(47, 71), 1);
        await back.EndAsync(process);

        Assert.Equal(["a@0=3", "a@20=1", "a@40=3", "a@70=2"], ClicksPipeline.Results(back).Order(StringComparer.Ordinal));
        Assert.Equal(back.Output("sums").Count, ResultNumbers(back).Distinct().Count());
    }

    // Analyzer, shard and number of every result that was published: two results of the same would be taken for one.
    private static IEnumerable<(string, long)> ResultNumbers(AppRig rig) => rig.Hubs.Messages("pipeline.sums", 0)
        .Select(m => ParcelCodec.Read(m.Body.ToMemory())).SelectMany(p => p.Blocks.SelectMany(b => b.Positions).Select(n => (p.From, n.Position)));
}
