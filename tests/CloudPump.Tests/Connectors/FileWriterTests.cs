using System.Globalization;
using CloudPump.Connectors.Files;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Connectors;

public sealed class FileWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudpump-test");

    private string Path => System.IO.Path.Combine(_folder.FullName, "new", "out.ndjson");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Events_are_written_line_by_line_and_the_length_is_the_reference()
    {
        var reference = await WriteAsync(null, """{"a":1}""", """{"b":"x"}""");
        Assert.Equal("{\"a\":1}\n{\"b\":\"x\"}\n", File.ReadAllText(Path));
        Assert.Equal($"18|{Path}", reference);
    }

    [Fact]
    public async Task What_was_written_after_the_commit_is_cut_off()
    {
        var committed = await WriteAsync(null, """{"a":1}""");
        await WriteAsync(committed, """{"a":2}""", """{"a":3}""");
        File.AppendAllText(Path, "{\"half");
        await WriteAsync(committed, """{"a":4}""");
        Assert.Equal("{\"a\":1}\n{\"a\":4}\n", File.ReadAllText(Path));
    }

    [Fact]
    public async Task A_file_that_the_store_does_not_know_is_overwritten()
    {
        await WriteAsync(null, """{"a":1}""", """{"a":2}""");
        await WriteAsync(null, """{"a":3}""");
        Assert.Equal("{\"a\":3}\n", File.ReadAllText(Path));
        await WriteAsync($"4|{Path}.other", """{"a":5}""");
        Assert.Equal("{\"a\":5}\n", File.ReadAllText(Path));
    }

    [Fact]
    public async Task A_file_shorter_than_what_was_committed_is_an_error_that_says_what_to_do()
    {
        var committed = await WriteAsync(null, """{"a":1}""", """{"a":2}""");
        File.WriteAllText(Path, "{}\n");
        var error = await Assert.ThrowsAsync<IOException>(() => WriteAsync(committed));
        Assert.Contains($"'{Path}' has 3 bytes, but 16 were committed", error.Message, StringComparison.Ordinal);
        Assert.Contains("another data folder", error.Message, StringComparison.Ordinal);
        Assert.Equal("{}\n", File.ReadAllText(Path));
    }

    [Fact]
    public async Task Much_output_is_written_before_the_flush_and_is_whole()
    {
        await using var writer = Sink(Path).Build(Bench.NewContext());
        await writer.OpenAsync(null, TestContext.Current.CancellationToken);
        var bench = new Bench().Add(Enumerable.Range(0, 5_000).Select(i => $$"""{"i":{{i}},"x":"{{new string('x', 100)}}"}""")).Parse(new CloudPump.Parsers.Json());
        for (var n = 0; n < 8; n++)
        {
            await writer.WriteAsync(bench.Batch, TestContext.Current.CancellationToken);
        }

        var early = new FileInfo(Path).Length;
        Assert.InRange(early, 1_000_000, 4_500_000);
        await writer.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Repeat(bench.Events, 8).SelectMany(e => e), File.ReadLines(Path));
    }

    [Fact]
    public async Task A_csv_file_is_gone_on_with_under_its_header()
    {
        var path = System.IO.Path.Combine(_folder.FullName, "out.csv");
        var committed = await WriteToAsync(path, null, """{"b":1,"a,\"x\"":2}""");
        await WriteToAsync(path, committed, """{"a,\"x\"":3,"b":4}""");
        Assert.Equal("b,\"a,\"\"x\"\"\"\n1,2\n4,3\n", File.ReadAllText(path));
        await WriteToAsync(path, $"0|{path}", """{"c":5}""");
        Assert.Equal("c\n5\n", File.ReadAllText(path));
    }

    private static FileSink Sink(string path) => new() { Path = path };

    private static async Task<string?> WriteToAsync(string path, string? committed, params string[] events)
    {
        var bench = new Bench().Add(events).Parse(new CloudPump.Parsers.Json());
        await using var writer = Sink(path).Build(bench.Context);
        await writer.OpenAsync(committed, TestContext.Current.CancellationToken);
        await writer.WriteAsync(bench.Batch, TestContext.Current.CancellationToken);
        var reference = await writer.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Empty(bench.Batch.Failures);
        Assert.Equal(new FileInfo(path).Length.ToString(CultureInfo.InvariantCulture), reference!.Split('|')[0]);
        return reference;
    }

    private Task<string?> WriteAsync(string? committed, params string[] events) => WriteToAsync(Path, committed, events);
}
