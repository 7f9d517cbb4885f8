using CloudPump.App.Analyzers;
using CloudPump.Hosting.Shards;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace CloudPump.Tests.App.Durable;

/// <summary>The app's entity on the real client and the real worker.</summary>
public class EntityTests
{
    private const string Sums = """
        pipeline: sums
        sink:
          "null": {}
        """;

    private readonly EntityHub _hub = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Windows_come_out_right_after_a_sweep()
    {
        var rig = Rig(ClicksPipeline.Yaml(shards: 3));
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1, 2, 3).Concat(ClicksPipeline.At("b", 4, 5)).Concat(ClicksPipeline.At(14, 25)));
        await rig.EndAsync(process);

        Assert.Equal(["a@0=3", "a@10=1", "a@20=1", "b@0=2"], ClicksPipeline.Results(rig).Order(StringComparer.Ordinal));
        Assert.Empty(rig.Log.Lines);
        Assert.Equal(0, rig.Entities.Waiting);
    }

    [Fact]
    public async Task A_shards_state_can_be_read_by_the_client()
    {
        var rig = Rig(ClicksPipeline.Yaml());
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1));
        await rig.WorkAsync(process);
        var id = EntityInstanceId.FromString(Assert.Single(_hub.States.Keys));

        var entity = await _hub.Client.Entities.GetEntityAsync<ShardState>(id, includeState: true, Token);

        Assert.Equal(id, entity!.Id);
        Assert.NotEmpty(entity.State.Record);
        Assert.Contains(Convert.ToBase64String(entity.State.Record).Replace("+", "\\u002B", StringComparison.Ordinal), _hub.States[id.ToString()], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_go_out_only_when_the_state_that_holds_them_is_kept()
    {
        var rig = Rig(ClicksPipeline.Yaml());
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1, 30));
        await process.InvokeAsync(rig.Input("clicks"), 0, rig.Hubs.Messages("clicks", 0));
        rig.SetCheckpoint(rig.Input("clicks"), 0, 2);

        await _hub.StepAsync(process, undo: true);
        Assert.Empty(_hub.States);
        Assert.Equal(1, _hub.Waiting);

        await _hub.StepAsync(process);
        Assert.Single(_hub.States);
        Assert.Equal(1, _hub.Waiting);
        await rig.WorkAsync(process);

        Assert.Equal([ShardKeeper.Apply, ShardKeeper.Apply, ShardKeeper.Publish], _hub.Batches);
        Assert.Equal(["a@0=1"], ClicksPipeline.Results(rig));
    }

    [Theory]
    [InlineData("APPLY")]
    [InlineData("no-such")]
    public async Task Operations_are_known_in_any_case_and_unknown_ones_leave_the_state(string operation)
    {
        var rig = Rig(ClicksPipeline.Yaml());
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1));
        await rig.WorkAsync(process);
        var before = Assert.Single(_hub.States);

        await _hub.Client.Entities.SignalEntityAsync(EntityInstanceId.FromString(before.Key), operation, cancellation: Token);
        await rig.WorkAsync(process);

        Assert.Equal(before, Assert.Single(_hub.States));
        Assert.Equal(operation, _hub.Batches[^1]);
    }

    [Fact]
    public async Task The_entity_of_a_generation_that_is_gone_goes_on_when_it_comes_back()
    {
        var rig = Rig(ClicksPipeline.Yaml());
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1, 2));
        await rig.WorkAsync(process);
        await process.SweepAsync();
        await rig.WorkAsync(process);
        var old = EntityInstanceId.FromString(Assert.Single(_hub.States.Keys));
        rig.Time.Advance(TimeSpan.FromMinutes(5));

        var next = rig.Deploy(ClicksPipeline.Yaml(size: "20s"), Sums);
        next.Put("clicks", ClicksPipeline.At(3));
        await next.EndAsync(next.Start());

        var kept = await _hub.Client.Entities.GetEntityAsync<ShardState>(old, includeState: true, Token);
        Assert.InRange(kept!.State.Record.Length, 1, 200);
        Assert.Equal(2, _hub.States.Count);

        next.Time.Advance(TimeSpan.FromMinutes(5));
        var back = next.Deploy(ClicksPipeline.Yaml(), Sums);
        back.Put("clicks", ClicksPipeline.At(24));
        await back.EndAsync(back.Start());

        Assert.Equal(["a@0=2 partial", "a@0=1", "a@20=1"], ClicksPipeline.Results(back));
        Assert.Equal(2, _hub.States.Count);
    }

    private AppRig Rig(string pipeline) => new(AppRig.Read(pipeline, Sums)) { EntityService = _hub };
}
