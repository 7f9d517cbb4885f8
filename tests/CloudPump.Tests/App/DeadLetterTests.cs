using System.Text;
using CloudPump.Hosting.Invocations;

namespace CloudPump.Tests.App;

/// <summary>What cannot be processed is kept, once, with its bytes and the reason.</summary>
public class DeadLetterTests
{
    private const string Clicks = """
        pipeline: clicks
        sources:
          - stream: {name: clicks, partitions: 2}
        processors:
          - parse: json
          - set: {half: "100 / n"}
        sink:
          "null": {}
        """;

    [Fact]
    public async Task Bad_events_become_letters_with_reason_processor_position_and_bytes()
    {
        var rig = new AppRig(Clicks);
        var process = rig.Start();
        rig.Put("clicks", ["""{"n":1}""", "nonsense", """{"n":0}"""], partition: 1);
        await rig.WorkAsync(process);
        var letters = await LettersAsync(process);
        Assert.Equal(
            [("clicks[1]@1.0", "json", 0, "nonsense"), ("clicks[1]@2.0", "set", 1, """{"n":0}""")],
            letters.Select(l => ($"{l.Letter.Id.Stream}[{l.Letter.Id.Partition}]@{l.Letter.Id.Offset}.{l.Letter.Id.Index}", l.Letter.Processor, l.Letter.Step, Encoding.UTF8.GetString(l.Letter.Raw!))));
        Assert.Contains("100 / n", letters[1].Letter.Reason, StringComparison.Ordinal);
        Assert.Equal(rig.Time.GetUtcNow(), letters[1].Letter.Time);
        Assert.Equal((null, true), (letters[0].Letter.Event, letters[1].Letter.Event is not null));
        Assert.Single(rig.Output("clicks"));
    }

    [Fact]
    public async Task Batches_that_come_again_or_are_cut_anew_give_no_second_letter()
    {
        var rig = new AppRig(Clicks);
        rig.Put("clicks", Enumerable.Range(0, 30).Select(n => n % 3 == 0 ? "nonsense" : $$"""{"n":{{n % 3 - 1}}}"""));
        await rig.WorkAsync(rig.Start());
        var before = await LettersAsync(rig.Start());
        Assert.Equal(20, before.Count);
        foreach (var size in new[] { 30, 7, 4 })
        {
            rig.SetCheckpoint(rig.Input("clicks"), 0, 0);
            rig.BatchSize = size;
            await rig.WorkAsync(rig.Start());
        }

        Assert.Equal(before.Select(l => l.Id), (await LettersAsync(rig.Start())).Select(l => l.Id));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(1_000)]
    public async Task Any_number_of_letters_may_come_of_one_batch(int count)
    {
        var rig = new AppRig(Clicks);
        var process = rig.Start();
        rig.Put("clicks", Enumerable.Range(0, count).Select(n => $"bad {n} {new string('x', 31_000)}"));
        await rig.WorkAsync(process);
        Assert.Equal(Enumerable.Range(0, count).Select(n => $"bad {n}"), (await LettersAsync(process)).Select(l => Encoding.UTF8.GetString(l.Letter.Raw!)[..^31_001]));
    }

    [Fact]
    public async Task A_letter_that_is_larger_than_a_row_lies_in_a_blob_and_goes_with_it()
    {
        var rig = new AppRig(Clicks);
        var text = $$"""{"n":0,"text":"{{new string('x', 600_000)}}"}""";
        rig.Put("clicks", [text, "bad"]);
        await rig.WorkAsync(rig.Start());
        Assert.Equal([text, "bad"], (await LettersAsync(rig.Start())).Select(l => Encoding.UTF8.GetString(l.Letter.Raw!)));
        Assert.Single(rig.Blobs.Names(BlobContainers.DeadLetters));

        // It fails again: it stays whole.
        var (_, answer) = await rig.Start().Http.ReplayAsync("clicks");
        Assert.Equal(2, (int)answer["replayed"]!);
        Assert.Equal([text, "bad"], (await LettersAsync(rig.Start())).Select(l => Encoding.UTF8.GetString(l.Letter.Raw!)));
        var mended = rig.Deploy(Clicks.Replace("100 / n", "100", StringComparison.Ordinal)).Start();
        await mended.Http.ReplayAsync("clicks");
        Assert.Single(await LettersAsync(mended));
        Assert.Empty(rig.Blobs.Names(BlobContainers.DeadLetters));
        Assert.EndsWith("\"half\":100}", Assert.Single(rig.Output("clicks")), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<KeptLetter>> LettersAsync(AppProcess process)
    {
        var store = process.Get<InvocationPorts>().DeadLetters;
        var letters = new List<KeptLetter>();
        foreach (var letter in await store.ListAsync("clicks", int.MaxValue, default))
        {
            letters.Add((await store.FindAsync("clicks", letter.Id, default))!);
        }

        return letters;
    }
}
