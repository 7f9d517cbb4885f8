using System.Text.Json;

namespace CloudPump.Tests.Cli;

public sealed class BenchCommandTests
{
    private const double Floor = 73;

    [Fact]
    public async Task Auto_finds_what_the_best_published_detectors_find()
    {
        using var cli = new CliRun();
        Assert.Equal(0, await cli.RunAsync("bench", "nab", TestData.Require("timeseries/NAB"), "--json"));
        var found = JsonElement.Parse(cli.Output);
        Assert.InRange(found.GetProperty("standard").GetDouble(), Floor, 100);
        Assert.InRange(found.GetProperty("low_fp").GetDouble(), Floor - 7, 100);
        Assert.InRange(found.GetProperty("low_fn").GetDouble(), Floor + 5, 100);
        var files = found.GetProperty("files");
        Assert.Equal(31, files.EnumerateObject().Count());
        Assert.Equal(57, files.EnumerateObject().Sum(f => f.Value.GetProperty("windows").GetInt32()));
        Assert.Equal(179_391, files.EnumerateObject().Sum(f => f.Value.GetProperty("rows").GetInt32()));
    }

    [Fact]
    public async Task Every_file_has_its_scores()
    {
        using var cli = new CliRun();
        Assert.Equal(0, await cli.RunAsync("bench", "nab", Corpus(cli), "--json"));
        var found = JsonElement.Parse(cli.Output);
        Assert.Equal(["standard", "low_fp", "low_fn", "files"], found.EnumerateObject().Select(p => p.Name));
        Assert.InRange(found.GetProperty("standard").GetDouble(), 90, 100);
        var files = found.GetProperty("files");
        Assert.Equal(["deep/er/quiet.csv", "spike.csv"], files.EnumerateObject().Select(f => f.Name));
        var spike = files.GetProperty("spike.csv");
        Assert.InRange(spike.GetProperty("standard").GetDouble(), 0.8, 1);
        Assert.Equal((1, 2000), (spike.GetProperty("windows").GetInt32(), spike.GetProperty("rows").GetInt32()));

        // The threshold is best for the corpus, so an ordinary file costs nothing.
        var quiet = files.GetProperty("deep/er/quiet.csv");
        Assert.Equal((0, 0.0), (quiet.GetProperty("windows").GetInt32(), quiet.GetProperty("low_fn").GetDouble()));
    }

    [Fact]
    public async Task People_get_a_table_beside_the_published_scores()
    {
        using var cli = new CliRun();
        Assert.Equal(0, await cli.RunAsync("bench", "nab", Corpus(cli), "--detector", "robust_z"));
        Assert.StartsWith("2 files, 3,000 rows, 1 windows", cli.Output, StringComparison.Ordinal);
        Assert.Contains(cli.Lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["deep", "1", "0", "-", "-", "-"]);
        Assert.Contains(cli.Lines, line => line.StartsWith("robust_z", StringComparison.Ordinal));
        Assert.Contains(cli.Lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["CAD", "OSE", "69.9"]);
    }

    [Fact]
    public async Task A_corpus_without_windows_scores_zero()
    {
        using var cli = new CliRun();
        Assert.Equal(0, await cli.RunAsync("bench", "nab", NabFolder.Write(cli, "{}", ("a.csv", [1, 2, 3])), "--json"));
        Assert.Equal(0, JsonElement.Parse(cli.Output).GetProperty("standard").GetDouble());
    }

    [Fact]
    public async Task What_is_missing_is_said()
    {
        using var cli = new CliRun();
        var folder = Path.Combine(cli.Folder, "none");
        await Wrong(cli, folder, "has no folder 'data'");
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        await Wrong(cli, folder, "combined_windows.json' is missing");

        folder = NabFolder.Write(cli, "{}");
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        await Wrong(cli, folder, "There is no .csv file");
    }

    [Fact]
    public async Task What_cannot_be_read_is_said()
    {
        using var cli = new CliRun();
        await Wrong(cli, NabFolder.Write(cli, "[1]", ("a.csv", [1])), "combined_windows.json' is not as expected");
        var folder = NabFolder.Write(cli, "{}", ("a.csv", [1]));
        await File.AppendAllTextAsync(Path.Combine(folder, "data", "a.csv"), "yesterday,1\n", TestContext.Current.CancellationToken);
        await Wrong(cli, folder, "a.csv:3: error: expected timestamp,value but found 'yesterday,1'");
        await File.WriteAllTextAsync(Path.Combine(folder, "profiles.json"), "{}", TestContext.Current.CancellationToken);
        await Wrong(cli, folder, "a.csv:3");
    }

    [Fact]
    public async Task A_detector_that_is_not_there_is_said()
    {
        using var cli = new CliRun();
        Assert.Equal(1, await cli.RunAsync("bench", "nab", Corpus(cli), "--detector", "robustz"));
        Assert.Contains("There is no detector 'robustz'. Did you mean 'robust_z'?", cli.Error, StringComparison.Ordinal);
    }

    // One file with a spike in the middle of its window, one without windows, and labels of a file that is not there.
    private static string Corpus(CliRun cli)
    {
        var random = new Random(1);
        var windows = $$"""{"spike.csv": [["{{NabFolder.Time(1400)}}.000000", "{{NabFolder.Time(1599)}}.000000"]], "gone.csv": [["2026-01-01 00:00:00.000000", "2026-01-02 00:00:00.000000"]]}""";
        return NabFolder.Write(
            cli,
            windows,
            ("spike.csv", Enumerable.Range(0, 2000).Select(n => n == 1450 ? 100 : random.NextDouble())),
            ("deep/er/quiet.csv", Enumerable.Range(0, 1000).Select(_ => random.NextDouble())));
    }

    private static async Task Wrong(CliRun cli, string folder, string message)
    {
        Assert.Equal(1, await cli.RunAsync("bench", "nab", folder));
        Assert.Contains(message, cli.Error, StringComparison.Ordinal);
    }
}
