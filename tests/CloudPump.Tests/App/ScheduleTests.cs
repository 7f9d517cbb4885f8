using CloudPump.Hosting.Topology;

namespace CloudPump.Tests.App;

/// <summary>Triggered sources, read on a schedule.</summary>
public sealed class ScheduleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_firing_goes_on_where_the_last_one_stopped()
    {
        var rig = Rig();
        Write("a.log", Lines(0, 3));
        await FireAsync(rig);
        Assert.Equal(Events(0, 3), rig.Output("logs"));
        await FireAsync(rig);
        Append("a.log", Lines(3, 2));
        var process = await FireAsync(rig);
        Assert.Equal(Events(0, 5), rig.Output("logs"));
        Assert.Equal(2, process.Host.AccountingOf("logs").Received);
    }

    [Fact]
    public async Task Half_a_line_waits_for_its_rest()
    {
        var rig = Rig();
        Write("a.log", Lines(0, 2) + Lines(2, 1)[..20]);
        await FireAsync(rig);
        Assert.Equal(Events(0, 2), rig.Output("logs"));
        Append("a.log", Lines(2, 1)[20..]);
        await FireAsync(rig);
        Assert.Equal(Events(0, 3), rig.Output("logs"));
    }

    [Fact]
    public async Task A_second_file_is_read_beside_the_first()
    {
        var rig = Rig();
        Write("a.log", Lines(0, 2));
        await FireAsync(rig);
        Write("b.log", Lines(2, 2));
        Append("a.log", Lines(4, 1));
        await FireAsync(rig);
        Assert.Equal(Events(0, 5), rig.Output("logs"));
        await rig.EndAsync(rig.Start());
        Assert.Equal(5, Hits(rig));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public async Task A_replaced_file_is_read_from_its_beginning(int length)
    {
        var rig = Rig();
        Write("a.log", Lines(0, 4));
        await FireAsync(rig);
        Write("new", Lines(4, length));
        File.Move(System.IO.Path.Combine(_folder, "new"), System.IO.Path.Combine(_folder, "a.log"), overwrite: true);
        await FireAsync(rig);
        await FireAsync(rig);
        Assert.Equal(Events(0, 4 + length), rig.Output("logs"));
        await rig.EndAsync(rig.Start());
        Assert.Equal(4 + length, Hits(rig));
    }

    [Fact]
    public async Task A_firing_may_break_off_anywhere()
    {
        Write("a.log", string.Concat(Enumerable.Range(0, 400).Select(n => Lines(n, 1, new string('x', 400)))));
        Write("b.log", Lines(400, 3));
        var (points, broken) = (0, true);
        while (broken)
        {
            var rig = Rig();
            rig.Settings["CLOUDPUMP_TIME_BUDGET"] = "00:00:00.05";
            broken = await new Interruption(rig).AtAsync(++points, static () => throw new IOException("away"), () => TryAsync(() => FireAsync(rig)));
            await FireAsync(rig);
            await rig.WorkAsync(rig.Start());
            var process = rig.Start();
            await process.Http.ReplayAsync("logs");
            Assert.Equal(403, rig.Output("logs").Distinct().Count());
            await rig.EndAsync(process);
            Assert.True(Hits(rig) == 403, $"Point {points}: {Hits(rig)} instead of 403.");
        }

        Assert.InRange(points, 10, 100);
    }

    [Fact]
    public async Task Windows_close_when_nothing_has_come_for_long_enough()
    {
        var rig = Rig();
        Write("a.log", Lines(0, 3));
        var process = await FireAsync(rig);
        await process.SweepAsync();
        await rig.WorkAsync(process);
        Assert.Empty(rig.Output("results"));
        rig.Time.Advance(TimeSpan.FromMinutes(6));
        await process.SweepAsync();
        await rig.WorkAsync(process);
        Assert.Equal(3, Hits(rig));
    }

    [Theory]
    [InlineData("00:08:00", 7)]
    [InlineData("00:00:40", 0.5)]
    public async Task The_time_budget_ends_a_source_that_has_no_end(string budget, double minutes)
    {
        var rig = new AppRig(Generated(""));
        rig.Settings["CLOUDPUMP_TIME_BUDGET"] = budget;
        rig.Blobs.Putting = (_, _) => rig.Time.Advance(TimeSpan.FromSeconds(5));
        var started = rig.Time.GetUtcNow();
        await FireAsync(rig, "orders");
        Assert.InRange(rig.Time.GetUtcNow() - started, TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(5));
        var first = rig.Output("orders").Count;
        Assert.True(first > 0);
        await FireAsync(rig, "orders");
        Assert.Equal(2 * first, rig.Output("orders").Distinct().Count());
    }

    [Fact]
    public async Task A_source_with_a_count_ends_there()
    {
        var rig = new AppRig(Generated(", count: 5000"));
        for (var firing = 0; firing < 3; firing++)
        {
            await FireAsync(rig, "orders");
            Assert.Equal(5_000, rig.Output("orders").Count);
        }
    }

    private static string Generated(string count) => $$"""
        pipeline: orders
        sources:
          - generate: {name: orders{{count}}}
        processors:
          - parse: json
        sink:
          "null": {}
        """;

    private AppRig Rig() => new(
        $$"""
        pipeline: logs
        sources:
          - file: {path: "{{_folder}}/*.log"}
        processors:
          - parse: json
          - time_window: {name: logs, size: 10s, lateness: 1h, idle: 5m, measures: {hits: count()}, to: results}
        sink:
          "null": {}
        """,
        "pipeline: results\nsink:\n  \"null\": {}\n");

    private static async Task<AppProcess> FireAsync(AppRig rig, string pipeline = "logs")
    {
        var process = rig.Start();
        await process.ScheduleAsync(rig.Topology.Inputs.Single(i => i.Kind == InputKind.Schedule && i.Pipeline == pipeline));
        return process;
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

    private void Write(string file, string text) => File.WriteAllText(System.IO.Path.Combine(_folder, file), text);

    private void Append(string file, string text) => File.AppendAllText(System.IO.Path.Combine(_folder, file), text);

    private static string Lines(int first, int count, string text = "") =>
        string.Concat(Enumerable.Range(first, count).Select(n => $$"""{"n":{{n}},"timestamp":"2026-10-10T12:{{n / 60:D2}}:{{n % 60:D2}}Z","text":"{{text}}"}""" + "\n"));

    private static IEnumerable<string> Events(int first, int count) => Lines(first, count).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static int Hits(AppRig rig) => rig.Output("results").Sum(r => (int)System.Text.Json.Nodes.JsonNode.Parse(r)!["hits"]!);
}
