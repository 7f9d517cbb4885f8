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
        Assert.Equal(1, rig.Entities.Entities);
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
}
