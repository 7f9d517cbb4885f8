using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Pipelines;

namespace CloudPump.Tests.App;

/// <summary>An invocation tries for as long as it may, and then loses nothing either.</summary>
public class TimeBudgetTests
{
    private const int Events = 10;

    private const string Clicks = """
        pipeline: clicks
        sources:
          - stream: clicks
        processors:
          - parse: json
          - route:
              - {when: "n == 3", to: errs}
        sink:
          "null": {}
        """;

    private const string Errs = """
        pipeline: errs
        sink:
          "null": {}
        """;

    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task What_the_sink_never_takes_becomes_dead_letters_and_the_batch_is_acknowledged()
    {
        var rig = Rig();
        var process = rig.Start();
        rig.Blobs.Putting = static (_, _) => throw new IOException("The disk is away.");
        Assert.InRange(await RunAsync(rig, process), Budget - TimeSpan.FromSeconds(20), Budget + TimeSpan.FromSeconds(20));
        var letters = await process.Get<InvocationPorts>().DeadLetters.ListAsync("clicks", 100, default);
        Assert.Equal(Enumerable.Range(0, Events), letters.Select(l => (int)l.Letter.Id.Offset));
        Assert.All(letters, l => Assert.Equal(("output", 2, "The sink did not take it in time: The disk is away."), (l.Letter.Processor, l.Letter.Step, l.Letter.Reason)));
        Assert.Equal((Events, Events, 0), Counts(process));

        // Once the sink is back, they get there; what was routed is not routed again.
        rig.Blobs.Putting = static (_, _) => { };
        Assert.Equal(Events, (int)(await process.Http.ReplayAsync("clicks")).Body["replayed"]!);
        await rig.WorkAsync(process);
        Assert.Equal((Events, 1), (rig.Output("clicks").Count, rig.Output("errs").Count));
    }

    [Fact]
    public async Task A_sink_that_is_back_in_time_gets_everything()
    {
        var rig = Rig();
        var process = rig.Start();
        var until = rig.Time.GetUtcNow() + (Budget / 2);
        rig.Blobs.Putting = (_, _) => { if (rig.Time.GetUtcNow() < until) { throw new IOException("away"); } };
        await RunAsync(rig, process);
        Assert.Equal(Events, rig.Output("clicks").Count);
        Assert.Empty(await process.Get<InvocationPorts>().DeadLetters.ListAsync("clicks", 100, default));
    }

    // A client's own time limit shows as a cancellation, though nobody has called the invocation off.
    [Fact]
    public async Task A_sink_that_does_not_answer_in_time_is_tried_again_too()
    {
        var rig = Rig();
        var process = rig.Start();
        rig.Blobs.Putting = static (_, _) => throw new TaskCanceledException("The request timed out.");
        await RunAsync(rig, process);
        Assert.Equal((Events, Events, 0), Counts(process));
    }

    [Fact]
    public async Task When_dead_letters_cannot_be_kept_either_it_throws_and_the_next_delivery_loses_nothing()
    {
        var rig = Rig();
        var process = rig.Start();
        rig.Blobs.Putting = static (_, _) => throw new IOException("The disk is away.");
        rig.Tables.Writing = static _ => throw new IOException("The tables are away.");
        Assert.Equal("The tables are away.", (await Assert.ThrowsAsync<IOException>(() => RunAsync(rig, process))).Message);
        Assert.Equal((0, 0, 0), Counts(process));
        rig.Tables.Writing = static _ => { };
        await RunAsync(rig, process);
        Assert.Equal(Events, (await process.Get<InvocationPorts>().DeadLetters.ListAsync("clicks", 100, default)).Count);
        Assert.Equal((Events, Events, 0), Counts(process));
    }

    [Fact]
    public async Task Routes_that_cannot_be_sent_throw_after_the_budget_and_are_sent_with_the_next_delivery()
    {
        var rig = Rig();
        var process = rig.Start();
        rig.Bus.Sending = static () => throw new IOException("The topic is away.");
        var started = rig.Time.GetUtcNow();
        Assert.Equal("The topic is away.", (await Assert.ThrowsAsync<IOException>(() => RunAsync(rig, process))).Message);
        Assert.InRange(rig.Time.GetUtcNow() - started, Budget - TimeSpan.FromSeconds(20), Budget + TimeSpan.FromSeconds(20));
        Assert.Empty(await process.Get<InvocationPorts>().DeadLetters.ListAsync("clicks", 100, default));
        rig.Bus.Sending = static () => { };
        await RunAsync(rig, process);
        await rig.WorkAsync(process);
        Assert.Equal((Events, 1), (rig.Output("clicks").Distinct().Count(), rig.Output("errs").Count));
        Assert.Equal((Events, 0, Events), Counts(process));
    }

    // Nobody has called the invocation off, so the message goes back to the broker at once and its neighbours are taken.
    [Fact]
    public async Task A_time_limit_of_a_client_gives_back_one_message_alone()
    {
        var rig = Rig();
        rig.Settings["CLOUDPUMP_TIME_BUDGET"] = "00:00:00.05";
        rig.Bus.Put("errs", "one");
        rig.Bus.Put("errs", "two");
        var failures = 2;
        rig.Blobs.Putting = (_, _) => Time(failures > 0);
        rig.Tables.Writing = _ => Time(failures-- > 0);
        await rig.Start().InvokeAsync(rig.Input("errs"), rig.Bus.Receive("errs", 2));
        Assert.Equal(["abandoned", "abandoned"], rig.Bus.Settled);
        await rig.WorkAsync(rig.Start());
        Assert.Equal(["one", "two"], rig.Output("errs").Where(e => e.Contains("message", StringComparison.Ordinal)).Select(e => e[12..15]));

        static void Time(bool isOver)
        {
            if (isOver)
            {
                throw new TaskCanceledException("The request timed out.");
            }
        }
    }

    [Fact]
    public async Task A_cancelled_invocation_says_so_and_leaves_nothing_half_counted()
    {
        var clicks = Pipeline.Define("clicks").From(new StreamSource { Name = "clicks" }).Parse(new CloudPump.Parsers.Json()).Use(new Doubled());
        var rig = new AppRig(new PipelineSet([clicks.To(new CloudPump.Connectors.Null.NullSink())]));
        rig.Registry.Add(typeof(Doubled));
        Fill(rig);
        var process = rig.Start();
        using var stop = new CancellationTokenSource();
        rig.Blobs.Putting = (_, _) => { stop.Cancel(); throw new IOException("away"); };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.InvokeAsync(rig.Input("clicks"), 0, rig.Hubs.Messages("clicks", 0), stop.Token));
        Assert.Equal(default, process.Host.AccountingOf("clicks"));
        Assert.Equal((0, 0), (rig.Bus.Messages, rig.Tables["cloudpumpdeadletters"].Rows.Count));
        rig.Blobs.Putting = static (_, _) => { };
        await RunAsync(rig, process);
        Assert.Equal(new Accounting(Events, Events, 2 * Events, 0, 0, 0, 0), process.Host.AccountingOf("clicks"));
    }

    private static AppRig Rig()
    {
        var rig = new AppRig(Clicks, Errs);
        Fill(rig);
        return rig;
    }

    private static void Fill(AppRig rig)
    {
        rig.Settings["CLOUDPUMP_TIME_BUDGET"] = Budget.ToString();
        rig.Put("clicks", Enumerable.Range(0, Events).Select(n => $$"""{"n":{{n}}}"""));
    }

    // Delivers everything in the hub in one batch while time goes by; tells how long it took.
    private static async Task<TimeSpan> RunAsync(AppRig rig, AppProcess process)
    {
        var started = rig.Time.GetUtcNow();
        var running = process.InvokeAsync(rig.Input("clicks"), 0, rig.Hubs.Messages("clicks", 0));
        await rig.Time.AdvanceUntilAsync(() => running.IsCompleted, TimeSpan.FromMilliseconds(100));
        await running;
        rig.SetCheckpoint(rig.Input("clicks"), 0, Events);
        return rig.Time.GetUtcNow() - started;
    }

    private static (long Received, long Dead, long Delivered) Counts(AppProcess process) =>
        process.Host.AccountingOf("clicks") is var counts && counts.InFlight == 0 ? (counts.Received, counts.Dead, counts.Delivered) : throw new InvalidOperationException(counts.ToString());

    [Component(ComponentKind.Generator, "doubled", "Adds an event beside every event.")]
    private sealed class Doubled : ProcessorDefinition
    {
        public override IProcessor Build(BuildContext context) => new Processor();

        private sealed class Processor : IProcessor
        {
            public void Process(EventBatch batch)
            {
                foreach (var row in batch.Rows.ToArray())
                {
                    batch.Add(batch.Header(row) with { Index = 1 });
                }
            }
        }
    }
}
