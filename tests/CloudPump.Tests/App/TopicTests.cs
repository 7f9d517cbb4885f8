using Azure.Messaging.ServiceBus;
using CloudPump.Hosting.Invocations;
using CloudPump.Tests.App.Fakes;

namespace CloudPump.Tests.App;

/// <summary>Messages of the topic of routes: sent one per route and batch, settled one by one, repeats dropped.</summary>
public class TopicTests
{
    private const string Clicks = """
        pipeline: clicks
        sources:
          - stream: {name: clicks, partitions: 1}
        processors:
          - parse: json
          - route:
              - {when: "n % 2 == 0", to: errs}
        sink:
          "null": {}
        """;

    private const string Errs = """
        pipeline: errs
        sink:
          "null": {}
        """;

    private const string CountedErrs = """
        pipeline: errs
        processors:
          - time_window: {name: w, size: 1h, lateness: 1d, measures: {hits: count()}, to: sums}
        sink:
          "null": {}
        """;

    private const string Sums = """
        pipeline: sums
        sink:
          "null": {}
        """;

    [Fact]
    public async Task A_batch_sends_one_message_per_route_with_its_outside_and_only_its_pipeline_gets_it()
    {
        var rig = new AppRig(Clicks, Errs);
        rig.Put("clicks", Numbers(0, 1_000));
        await rig.WorkAsync(rig.Start());

        Assert.Equal(1, rig.Bus.Messages);
        Assert.Equal(500, rig.Output("errs").Count);
        Assert.Equal(["completed"], rig.Bus.Settled);
    }

    [Fact]
    public async Task The_outside_of_a_message_tells_pipeline_route_and_count()
    {
        var rig = new AppRig(Clicks, Errs);
        rig.Put("clicks", Numbers(0, 10));
        await rig.Start().InvokeAsync(rig.Input("clicks"), 0, rig.Hubs.Messages("clicks", 0));

        var message = Assert.Single(rig.Bus.Receive("errs", 10));
        Assert.Equal(("errs", "clicks/route1/0", 5), (message.Properties["pipeline"], message.Properties["route"], message.Properties["count"]));
    }

    [Fact]
    public async Task A_parcel_that_is_larger_than_a_message_travels_by_a_claim()
    {
        var rig = new AppRig(Clicks, Errs);
        var noise = new Random(1);
        rig.Put("clicks", Enumerable.Range(0, 20).Select(n => $$"""{"n":{{n}},"text":"{{Convert.ToBase64String(Noise(noise, 45_000))}}"}"""));
        await rig.WorkAsync(rig.Start());

        Assert.Equal(10, rig.Output("errs").Count);
        Assert.NotEmpty(rig.Blobs.Names(BlobContainers.Claims));
    }

    [Fact]
    public async Task A_message_that_fails_goes_back_and_the_others_are_done()
    {
        var rig = new AppRig(Clicks, CountedErrs, Sums);
        rig.Settings["CLOUDPUMP_TIME_BUDGET"] = "00:00:00";
        var process = rig.Start();
        await SendAsync(rig, process, batches: 3);
        var writes = 0;
        rig.Tables.Writing = _ => Throw(++writes == 2);
        await process.InvokeAsync(rig.Input("errs"), rig.Bus.Receive("errs", 3));

        Assert.Equal(["completed", "abandoned", "completed"], rig.Bus.Settled);
        rig.Tables.Writing = static _ => { };
        await rig.EndAsync(process);
        Assert.Contains("\"hits\":15", Assert.Single(rig.Output("sums")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_delivered_again_counts_once()
    {
        var rig = new AppRig(Clicks, CountedErrs, Sums);
        var process = rig.Start();
        await SendAsync(rig, process, batches: 2);
        var messages = rig.Bus.Receive("errs", 2);
        await process.InvokeAsync(rig.Input("errs"), messages, a => a.Settling = _ => throw new ServiceBusException("gone", ServiceBusFailureReason.MessageLockLost));
        Assert.Equal(2, rig.Bus.Waiting("errs"));
        rig.Bus.Release(messages[1], "lost");
        rig.Bus.Release(messages[0], "lost");

        await rig.EndAsync(rig.Start());

        Assert.Contains("\"hits\":10", Assert.Single(rig.Output("sums")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_a_sender_sends_again_in_another_cut_count_once()
    {
        var rig = new AppRig(Clicks, CountedErrs, Sums);
        rig.Put("clicks", Numbers(0, 100));
        var all = rig.Hubs.Messages("clicks", 0);
        await rig.Start().InvokeAsync(rig.Input("clicks"), 0, all.Take(60));
        await rig.Start().InvokeAsync(rig.Input("clicks"), 0, all.Take(35));
        await rig.Start().InvokeAsync(rig.Input("clicks"), 0, all.Skip(20));
        rig.SetCheckpoint(rig.Input("clicks"), 0, 100);

        await rig.EndAsync(rig.Start());

        Assert.Equal(3, rig.Bus.Messages);
        Assert.Contains("\"hits\":50", Assert.Single(rig.Output("sums")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_that_share_a_subscription_both_count()
    {
        var rig = new AppRig(Clicks, CountedErrs, Sums);
        AppProcess[] processes = [rig.Start(), rig.Start()];
        await SendAsync(rig, processes[0], batches: 8);
        for (var n = 0; n < 8; n++)
        {
            await processes[n % 2].InvokeAsync(rig.Input("errs"), rig.Bus.Receive("errs", 1));
        }

        await rig.EndAsync(processes[1]);

        Assert.Contains("\"hits\":40", Assert.Single(rig.Output("sums")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locks_are_renewed_while_a_sink_is_waited_for()
    {
        var rig = new AppRig(Clicks, Errs);
        var process = rig.Start();
        await SendAsync(rig, process, batches: 3);
        var tries = 0;
        rig.Blobs.Putting = (container, _) => Throw(container == BlobContainers.Output && ++tries < 15);
        var running = process.InvokeAsync(rig.Input("errs"), rig.Bus.Receive("errs", 3));
        await rig.Time.AdvanceUntilAsync(() => running.IsCompleted, TimeSpan.FromSeconds(5));

        Assert.InRange((await running).Renewed, 3, 15);
        Assert.Equal(["completed", "completed", "completed"], rig.Bus.Settled);
        Assert.Equal(15, rig.Output("errs").Count);
    }

    [Fact]
    public async Task What_somebody_outside_puts_there_is_taken_as_it_is()
    {
        var rig = new AppRig(Clicks, Errs.Replace("sink:", "processors:\n  - parse: json\nsink:", StringComparison.Ordinal));
        rig.Bus.Put("errs", """{"n":1}""");
        rig.Bus.Put("errs", "{\"n\":2}\r\n{\"n\":3}\n\n", Received.Ndjson);
        await rig.WorkAsync(rig.Start());

        Assert.Equal(["""{"n":1}""", """{"n":2}""", """{"n":3}"""], rig.Output("errs"));
    }

    [Fact]
    public async Task A_damaged_parcel_is_a_dead_letter_and_not_delivered_for_ever()
    {
        var rig = new AppRig(Clicks, Errs);
        var process = rig.Start();
        rig.Bus.Put("errs", "no parcel", CloudPump.Hosting.Parcels.Parcel.ContentType);
        await rig.WorkAsync(process);

        Assert.Equal(["completed"], rig.Bus.Settled);
        var letter = Assert.Single(await process.Get<IDeadLetterStore>().ListAsync("errs", 10, TestContext.Current.CancellationToken));
        Assert.Equal(("source", -1), (letter.Letter.Processor, letter.Letter.Step));
    }

    [Fact]
    public async Task A_cancelled_invocation_settles_nothing_more()
    {
        var rig = new AppRig(Clicks, CountedErrs, Sums);
        var process = rig.Start();
        await SendAsync(rig, process, batches: 3);
        using var stop = new CancellationTokenSource();
        var writes = 0;
        rig.Tables.Writing = _ =>
        {
            if (++writes == 2)
            {
                stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.InvokeAsync(rig.Input("errs"), rig.Bus.Receive("errs", 3), cancellationToken: stop.Token));

        Assert.Equal(["completed"], rig.Bus.Settled);
    }

    private static async Task SendAsync(AppRig rig, AppProcess process, int batches)
    {
        rig.Put("clicks", Numbers(0, batches * 10));
        foreach (var batch in rig.Hubs.Messages("clicks", 0).Chunk(10))
        {
            await process.InvokeAsync(rig.Input("clicks"), 0, batch);
        }

        rig.SetCheckpoint(rig.Input("clicks"), 0, batches * 10);
    }

    private static IEnumerable<string> Numbers(int first, int count) =>
        Enumerable.Range(first, count).Select(n => $$"""{"n":{{n}},"timestamp":"2026-10-10T12:00:{{n % 60:00}}Z"}""");

    private static byte[] Noise(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void Throw(bool fails)
    {
        if (fails)
        {
            throw new IOException("The service is away.");
        }
    }
}
