namespace CloudPump.Tests.App;

/// <summary>Replays of dead letters: broken off anywhere, beside each other, with fixes that are none.</summary>
public class ReplayTests
{
    [Fact]
    public async Task After_a_fix_letters_resume_at_the_processor_that_failed_under_their_old_ids()
    {
        var rig = await ReplayRig.NewAsync();
        var letters = await ReplayRig.LettersAsync(rig);
        Assert.Equal(["set main/0/1.0", "set main/0/3.0", "set main/0/6.0"], letters.Select(l => $"{l["processor"]} {l["stream"]}/{l["partition"]}/{l["offset"]}.{l["index"]}"));
        Assert.Equal((5, 8), (rig.Output("main").Count, rig.Output("before").Count));

        var mended = rig.Deploy(ReplayRig.Pipelines(ReplayRig.Mended));
        var process = mended.Start();
        Assert.Equal(3, (int)(await process.Http.ReplayAsync("main")).Body["replayed"]!);
        Assert.Empty(await ReplayRig.LettersAsync(mended));
        await mended.EndAsync(process);

        // The steps before it are not applied twice.
        Assert.Equal((8, 8, 8, 8), (rig.Output("main").Count, rig.Output("before").Count, rig.Output("errs").Count, rig.Output("audit").Count));
        Assert.Equal((0, 3, 0), ((int)process.Host.AccountingOf("main").Late, (int)process.Host.AccountingOf("main").Received, (int)process.Host.AccountingOf("errs").Late));
    }

    [Fact]
    public async Task Replays_hold_no_window_open_and_close_none()
    {
        var rig = await ReplayRig.NewAsync();
        var mended = rig.Deploy(ReplayRig.Pipelines(ReplayRig.Mended));
        var process = mended.Start();
        await process.Http.ReplayAsync("main");
        await mended.WorkAsync(process);
        await process.SweepAsync();
        await mended.WorkAsync(process);
        Assert.Empty(rig.Output("results"));

        // An event far ahead closes the windows, though the replays stand where they were.
        rig.Put("main", ["""{"n":1,"k":"a","timestamp":"2026-10-20T12:00:00Z"}"""]);
        await mended.WorkAsync(process);
        await process.SweepAsync();
        await mended.WorkAsync(process);
        Assert.Equal(8, rig.Output("results").Where(r => r.Contains("\"mains\"", StringComparison.Ordinal)).Sum(Hits));
    }

    [Fact]
    public async Task One_letter_can_be_replayed_and_the_others_stay()
    {
        var rig = await ReplayRig.NewAsync();
        var letters = await ReplayRig.LettersAsync(rig);
        var mended = rig.Deploy(ReplayRig.Pipelines(ReplayRig.Mended));
        Assert.Equal(1, (int)(await mended.Start().Http.ReplayAsync("main", (string)letters[1]["id"]!)).Body["replayed"]!);
        Assert.Equal(["1", "6"], (await ReplayRig.LettersAsync(rig)).Select(l => l["offset"]!.ToString()));
        Assert.Equal(0, (int)(await mended.Start().Http.ReplayAsync("main", (string)letters[1]["id"]!)).Body["replayed"]!);
        await FinishAsync(mended);
        Assert.Equal(await ReplayRig.ExpectedAsync(), ReplayRig.Outcome(rig));
    }

    [Fact]
    public async Task A_letter_that_fails_again_stays_a_letter()
    {
        var rig = await ReplayRig.NewAsync();
        var old = (await ReplayRig.LettersAsync(rig))[1];
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        var better = rig.Deploy(ReplayRig.Pipelines(ReplayRig.Better));
        await better.Start().Http.ReplayAsync("main");
        var letter = Assert.Single(await ReplayRig.LettersAsync(rig));
        Assert.Equal((old["id"]!.ToString(), old["step"]!.ToString()), (letter["id"]!.ToString(), letter["step"]!.ToString()));
        Assert.Contains(ReplayRig.Better, (string)letter["reason"]!, StringComparison.Ordinal);
        Assert.NotEqual((string)old["time"]!, (string)letter["time"]!);
    }

    [Fact]
    public async Task A_letter_whose_blob_is_gone_is_not_deleted()
    {
        var rig = new AppRig(ReplayRig.Pipelines(ReplayRig.Broken));
        rig.Put("main", [new string('x', 500_000), "small"]);
        await rig.WorkAsync(rig.Start());
        foreach (var name in rig.Blobs.Names("deadletters"))
        {
            await rig.Blobs.DeleteAsync("deadletters", name, default);
        }

        Assert.Equal(1, (int)(await rig.Start().Http.ReplayAsync("main")).Body["replayed"]!);
        Assert.Equal(2, (await ReplayRig.LettersAsync(rig)).Count);
    }

    // Every write, send, signal and blob of the replay fails once: before it took effect, or after it.
    [Theory]
    [InlineData(ReplayRig.Mended)]
    [InlineData(ReplayRig.Better)]
    public async Task A_replay_may_break_off_anywhere(string expression)
    {
        var expected = await ReplayRig.ExpectedAsync();
        var (points, broken) = (0, true);
        while (broken)
        {
            var rig = await ReplayRig.NewAsync();
            var version = rig.Deploy(ReplayRig.Pipelines(expression));
            broken = await new Interruption(version).AtAsync(++points, static () => throw new IOException("away"), () => TryAsync(() => version.Start().Http.ReplayAsync("main")));
            await version.Start().Http.ReplayAsync("main");
            await FinishAsync(rig.Deploy(ReplayRig.Pipelines(ReplayRig.Mended)));
            AssertSame(expected, ReplayRig.Outcome(rig), points);
        }

        Assert.InRange(points, 20, 200);
    }

    // At every point of one replay another one runs from beginning to end, in another process: of all letters, or of one.
    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Two_replays_at_once_count_each_letter_once(int? only)
    {
        var expected = await ReplayRig.ExpectedAsync();
        var (points, met) = (0, true);
        while (met)
        {
            var rig = await ReplayRig.NewAsync();
            var id = only is { } at ? (string)(await ReplayRig.LettersAsync(rig))[at]["id"]! : null;
            var mended = rig.Deploy(ReplayRig.Pipelines(ReplayRig.Mended));
            var other = mended.Start();
            met = await new Interruption(mended, reads: true).AtAsync(
                ++points, () => other.Http.ReplayAsync("main", id).GetAwaiter().GetResult(), () => mended.Start().Http.ReplayAsync("main"));
            Assert.Empty(await ReplayRig.LettersAsync(rig));
            await FinishAsync(mended);
            AssertSame(expected, ReplayRig.Outcome(rig), points);
        }

        Assert.InRange(points, 20, 300);
    }

    private static async Task FinishAsync(AppRig rig)
    {
        var process = rig.Start();
        await process.Http.ReplayAsync("main");
        Assert.Empty(await ReplayRig.LettersAsync(rig));
        await rig.EndAsync(process);
    }

    private static async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (IOException)
        {
            // Broken off.
        }
    }

    private static int Hits(string window) => (int)System.Text.Json.Nodes.JsonNode.Parse(window)!["hits"]!;

    private static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> got, int point) => Assert.True(
        expected.SequenceEqual(got, StringComparer.Ordinal),
        $"Point {point}: missing {string.Join(" ", expected.Except(got, StringComparer.Ordinal))}; too many {string.Join(" ", got.Except(expected, StringComparer.Ordinal))}");
}
