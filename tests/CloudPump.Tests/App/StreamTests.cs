using CloudPump.Hosting.Invocations;
using CloudPump.Tests.App.Fakes;
using Microsoft.Azure.Functions.Worker;

namespace CloudPump.Tests.App;

/// <summary>Batches of event hubs.</summary>
public class StreamTests
{
    private const string Clicks = """
        pipeline: clicks
        sources:
          - stream: {name: clicks, partitions: 2}
        processors:
          - parse: json
        sink:
          stream: {name: orders, key: k, partitions: 3}
        """;

    private const string Orders = """
        pipeline: orders
        sources:
          - stream: {name: orders, partitions: 3}
        sink:
          "null": {}
        """;

    [Fact]
    public async Task Events_packed_as_lines_are_events_of_their_own()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(), ClicksPipeline.Sums);
        rig.Hubs.Put("clicks", 0, string.Join("\r\n", ClicksPipeline.At(1, 2, 3)) + "\n", Received.Ndjson);
        rig.Put("clicks", ClicksPipeline.At(4));
        await rig.EndAsync(rig.Start());

        Assert.Equal(["a@0=4"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task A_stream_keeps_fields_and_order_and_a_key_keeps_its_partition()
    {
        var rig = new AppRig(Clicks, Orders);
        rig.Put("clicks", Enumerable.Range(0, 60).Select(n => $$"""{"n":{{n}},"k":"{{n % 7}}","deep":{"x":[1,2]},"at":1.50}"""));
        await rig.WorkAsync(rig.Start());

        Assert.Equal(60, rig.Output("orders").Count);
        Assert.Contains("""{"n":0,"k":"0","deep":{"x":[1,2]},"at":1.50}""", rig.Output("orders"));
        Assert.All(Enumerable.Range(0, 3), p => Assert.InRange(rig.Hubs.Count("orders", p), 0, 1));
    }

    [Fact]
    public async Task Partitions_run_side_by_side()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(partitions: 4), ClicksPipeline.Sums);
        var process = rig.Start();
        for (var p = 0; p < 4; p++)
        {
            rig.Put("clicks", Enumerable.Range(0, 500).SelectMany(n => ClicksPipeline.At($"k{p}", n / 60)), p);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(p => Task.Run(() => process.InvokeAsync(rig.Input("clicks"), p, rig.Hubs.Messages("clicks", p)), TestContext.Current.CancellationToken)));
        Enumerable.Range(0, 4).ToList().ForEach(p => rig.SetCheckpoint(rig.Input("clicks"), p, 500));
        await rig.EndAsync(process);

        Assert.Equal(["k0@0=500", "k1@0=500", "k2@0=500", "k3@0=500"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task A_second_owner_of_a_partition_makes_the_first_one_read_the_row_again()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(), ClicksPipeline.Sums);
        AppProcess[] processes = [rig.Start(), rig.Start()];
        rig.Put("clicks", ClicksPipeline.At([.. Enumerable.Range(0, 30).Select(n => n / 10)]));
        var (input, all) = (rig.Input("clicks"), rig.Hubs.Messages("clicks", 0));
        await processes[0].InvokeAsync(input, 0, all.Take(10));
        await processes[1].InvokeAsync(input, 0, all.Take(20));

        await Assert.ThrowsAsync<StaleProgressException>(() => processes[0].InvokeAsync(input, 0, all.Skip(10)));
        await processes[0].InvokeAsync(input, 0, all.Skip(10));

        rig.SetCheckpoint(input, 0, 30);
        await rig.EndAsync(processes[0]);
        Assert.Equal(["a@0=30"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task An_answer_that_was_lost_does_not_count_twice()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(), ClicksPipeline.Sums);
        rig.Settings["CLOUDPUMP_TIME_BUDGET"] = "00:00:00";
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1, 2, 3));
        rig.Tables.Wrote = table => throw new IOException($"{table} does not answer.");
        await Assert.ThrowsAsync<IOException>(() => process.InvokeAsync(rig.Input("clicks"), 0, rig.Hubs.Messages("clicks", 0)));
        rig.Tables.Wrote = static _ => { };

        await rig.EndAsync(process);

        Assert.Equal(["a@0=3"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task A_hub_that_was_made_anew_begins_again_and_nothing_of_it_is_taken_for_a_repeat()
    {
        const string Audit = """
            pipeline: audit
            processors:
              - time_window: {name: audited, size: 10s, by: [k], measures: {hits: count()}, to: sums}
            sink:
              "null": {}
            """;
        var clicks = ClicksPipeline.Yaml().Replace("  - time_window", "  - route:\n      - {when: \"true\", to: audit, via: stream}\n  - time_window", StringComparison.Ordinal);
        var rig = new AppRig(clicks, Audit, ClicksPipeline.Sums);
        var (process, input) = (rig.Start(), rig.Input("clicks"));
        rig.Put("clicks", ClicksPipeline.At(1, 2, 3, 4, 5));
        await rig.WorkAsync(process);
        await process.InvokeAsync(input, 0, rig.Hubs.Messages("clicks", 0).Take(3));

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        rig.Hubs.MakeAnew("clicks");
        rig.SetCheckpoint(input, 0, 0);
        rig.Put("clicks", ClicksPipeline.At(6, 7));
        await rig.WorkAsync(process);
        rig.Put("clicks", ClicksPipeline.At(8));
        await rig.WorkAsync(rig.Start());
        await rig.EndAsync(rig.Start());

        Assert.Equal(["a@0=8", "a@0=8"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task Times_that_step_back_a_little_do_not_make_a_hub_new()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(), ClicksPipeline.Sums);
        var (process, input) = (rig.Start(), rig.Input("clicks"));
        rig.Put("clicks", ClicksPipeline.At(1, 2, 3));
        var late = rig.Hubs.Messages("clicks", 0);
        IReadOnlyList<HubMessage> all = [late[0] with { Enqueued = late[0].Enqueued.AddSeconds(2) }, late[1] with { Enqueued = late[1].Enqueued.AddSeconds(1) }, late[2]];
        await process.InvokeAsync(input, 0, all);
        await process.InvokeAsync(input, 0, all);
        rig.SetCheckpoint(input, 0, 3);

        await rig.EndAsync(process);

        Assert.Equal(["a@0=3"], ClicksPipeline.Results(rig));
    }

    [Fact]
    public async Task Events_of_another_pipeline_have_the_open_windows_told_early()
    {
        const string Alarms = """
            pipeline: alarms
            sources:
              - stream: {name: alarms, partitions: 1}
            processors:
              - parse: json
            sink:
              "null": {}
            """;
        var clicks = ClicksPipeline.Yaml(shards: 2).Replace("to: sums}", "to: sums, early: {on: alarms}}", StringComparison.Ordinal);
        var rig = new AppRig(clicks, Alarms, ClicksPipeline.Sums);
        var process = rig.Start();
        rig.Put("clicks", ClicksPipeline.At(1, 5).Concat(ClicksPipeline.At("b", 6)));
        await rig.WorkAsync(process);
        Assert.Empty(rig.Output("sums"));

        rig.Put("alarms", ["""{"secret":1}"""]);
        await rig.WorkAsync(process);

        Assert.Equal(["a@0=2", "b@0=1"], ClicksPipeline.Results(rig));
        Assert.All(rig.Output("sums"), r => Assert.Contains("\"early\":true", r, StringComparison.Ordinal));
        await rig.EndAsync(process);
        Assert.Equal(["a@0=2", "a@0=2", "b@0=1", "b@0=1"], ClicksPipeline.Results(rig));
        Assert.DoesNotContain(rig.Hubs.Messages("signal.clicks", 0), m => m.Body.ToString().Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trigger_without_its_partition_is_refused()
    {
        var rig = new AppRig(ClicksPipeline.Yaml(), ClicksPipeline.Sums);
        rig.Contexts[("clicks", 0)] = AppProcess.ContextOf("clicks");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Start().InvokeAsync(rig.Input("clicks"), 0, []));

        Assert.Contains("did not tell the partition", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_stream_and_schedule_functions_have_a_retry_policy_and_it_has_no_end()
    {
        var functions = typeof(CloudPump.App.Triggers.StreamFunction).Assembly.GetTypes().SelectMany(t => t.GetMethods())
            .Select(m => (Name: m.GetCustomAttributes(typeof(FunctionAttribute), false).OfType<FunctionAttribute>().SingleOrDefault()?.Name, Retry: m.GetCustomAttributes(typeof(ExponentialBackoffRetryAttribute), false).OfType<ExponentialBackoffRetryAttribute>().SingleOrDefault()))
            .Where(f => f.Name is not null).ToList();

        Assert.Equal(["template-schedule", "template-stream"], functions.Where(f => f.Retry is not null).Select(f => f.Name!).Order(StringComparer.Ordinal));
        Assert.All(functions.Where(f => f.Retry is not null), f => Assert.Equal(-1, f.Retry!.MaxRetryCount));
    }
}
