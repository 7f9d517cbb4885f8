using System.Text;
using CloudPump.Connectors.Files;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Tests.Connectors;

public sealed class FilePartitionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudpump-test");
    private readonly FakeClock _clock = new();

    private string Path => System.IO.Path.Combine(_folder.FullName, "in.log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "")]
    [InlineData("a\nb\n", "0:a 2:b")]
    [InlineData("a\nb", "0:a 2:b")]
    [InlineData("a\r\nb\r\n", "0:a 3:b")]
    [InlineData("a\r\nb\r", "0:a 3:b")]
    [InlineData("\n\r\n\na\n\n\nb\n\n", "4:a 8:b")]
    [InlineData("a\rb\n", "0:a\rb")]
    [InlineData("\n\n", "")]
    public async Task Lines_are_events_with_their_offsets(string content, string expected)
    {
        File.WriteAllText(Path, content);
        Assert.Equal(expected, string.Join(' ', (await ReadAllAsync()).Events));
    }

    [Theory]
    [InlineData(10, "0:0123456789 12:b")]
    [InlineData(9, "dead 12:b")]
    [InlineData(1, "dead 12:b")]
    public async Task A_line_longer_than_max_event_is_a_dead_letter_however_short_the_file(int maxEvent, string expected)
    {
        File.WriteAllText(Path, "0123456789\r\nb\n");
        Assert.Equal(expected, string.Join(' ', (await ReadAllAsync(maxEvent)).Events));
    }

    [Theory]
    [InlineData("0123456789x")]
    [InlineData("0123456789xyz and more")]
    [InlineData("ok\n0123456789x")]
    [InlineData("ok\n0123456789xyz and more\n")]
    public async Task A_long_last_line_without_an_end_is_not_lost(string content)
    {
        File.WriteAllText(Path, content);
        var read = await ReadAllAsync(10);
        Assert.Equal("dead", read.Events[^1]);
        Assert.Equal(content.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], read.DeadTexts[^1]);
        Assert.Equal(new FileInfo(Path).Length, read.Position);
    }

    [Fact]
    public async Task Lines_meet_every_block_boundary_and_come_whole()
    {
        // Blocks are 64 KiB: the boundary goes through every byte of a line and its end, and some lines span blocks.
        for (var shift = 0; shift < 30; shift++)
        {
            var text = new StringBuilder(new string('s', shift + 1)).Append('\n');
            for (var i = 0; text.Length < 300_000; i++)
            {
                text.Append("line ").Append(i).Append(i % 2 == 0 ? "\r\n" : "\n");
                _ = i % 5_000 == 4_999 ? text.Append('x', 100_000).Append('\n') : text;
            }

            File.WriteAllText(Path, text.ToString());
            var expected = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r'));
            Assert.Equal(expected, (await ReadAllAsync()).Texts);
        }
    }

    [Fact]
    public async Task Oversize_lines_across_blocks_do_not_touch_their_neighbours()
    {
        var content = "first\n" + new string('x', 200_000) + "\nsecond\r\n" + new string('y', 150_001) + "\nlast";
        File.WriteAllText(Path, content);
        var read = await ReadAllAsync(150_000);
        Assert.Equal(["0:first", "dead", "200007:second", "dead", $"{content.Length - 4}:last"], read.Events);
        Assert.Equal([200_000, 150_001], read.DeadTexts.Select(t => t.Length));
        Assert.Equal(content.Length, read.Position);
    }

    [Fact]
    public async Task Reading_goes_on_from_any_committed_position()
    {
        File.WriteAllText(Path, "one\ntwo\r\nthree");
        await using var first = await OpenAsync();
        foreach (var (position, expected) in new[] { (0, "0:one 4:two 9:three"), (4, "4:two 9:three"), (9, "9:three"), (14, "") })
        {
            var read = await ReadAllAsync(progress: Progress(first, position));
            Assert.Equal(expected, string.Join(' ', read.Events));
        }
    }

    [Fact]
    public async Task A_grown_file_is_the_same_and_another_one_starts_from_its_beginning()
    {
        File.WriteAllText(Path, "one\n");
        var read = await ReadAllAsync();
        var progress = new PartitionProgress("file:" + Path, read.Position, read.Identity!, true, new Dictionary<string, AnalyzerMark>());
        File.AppendAllText(Path, "two\n");
        Assert.Equal(["4:two"], (await ReadAllAsync(progress: progress)).Events);

        // Another head in the same file, a shorter file, and another file in its place.
        File.WriteAllText(Path, "ONE\ntwo\n");
        Assert.Equal(["0:ONE", "4:two"], (await ReadAllAsync(progress: progress)).Events);
        File.WriteAllText(Path, "on\n");
        Assert.Equal(["0:on"], (await ReadAllAsync(progress: progress)).Events);
        var other = Path + ".new";
        File.WriteAllText(other, "one\ntwo\n");
        File.Move(other, Path, overwrite: true);
        var replaced = await ReadAllAsync(progress: progress);
        Assert.True(!OperatingSystem.IsLinux() || replaced.Events.Count == 2);
        Assert.Equal(["0:x"], (await WrittenAsync("x", progress with { Identity = "nonsense" })).Events);
    }

    [Fact]
    public async Task The_same_file_gives_the_same_ids()
    {
        File.WriteAllText(Path, "one\n");
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        Assert.Equal(await OriginAsync(first), await OriginAsync(second));
        File.WriteAllText(Path, "two\n");
        await using var third = await OpenAsync();
        Assert.NotEqual(first.Origin, await OriginAsync(third));
        Assert.Equal(first.Name, third.Name);
    }

    [Fact]
    public async Task An_unfinished_line_waits_for_its_end_while_the_file_is_followed()
    {
        File.WriteAllText(Path, "one\ntw");
        await using var partition = await OpenAsync(follow: true);
        var batch = NewBatch();
        Assert.Equal(["0:one"], await NextAsync(partition, batch));
        var reading = NextAsync(partition, batch);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(reading.IsCompleted);
        File.AppendAllText(Path, "o\nthr");
        Assert.Equal(["4:two"], await PolledAsync(reading));
        reading = NextAsync(partition, batch);
        File.AppendAllText(Path, new string('e', 2_000_000));
        _clock.Advance(TimeSpan.FromSeconds(1));
        File.AppendAllText(Path, "\nnext\n");
        Assert.Equal(["dead"], await PolledAsync(reading));
        Assert.Equal(["2000012:next"], await NextAsync(partition, batch));
    }

    [Fact]
    public async Task Rotation_gives_the_rest_of_the_old_file_and_then_the_new_one()
    {
        File.WriteAllText(Path, "one\ntw");
        await using var partition = await OpenAsync(follow: true);
        var batch = NewBatch();
        Assert.Equal(["0:one"], await NextAsync(partition, batch));
        var (identity, origin) = (batch.Identity, batch.Id(0).Stream);
        var reading = NextAsync(partition, batch);
        File.Move(Path, Path + ".1");
        File.AppendAllText(Path + ".1", "o");
        File.WriteAllText(Path, "");
        Assert.Equal(["4:two"], await PolledAsync(reading));
        Assert.Equal((identity, 7L), (batch.Identity, batch.NextOffset));
        reading = NextAsync(partition, batch);
        _clock.Advance(TimeSpan.FromSeconds(1));
        File.AppendAllText(Path, "ONE\n");
        Assert.Equal(["0:ONE"], await PolledAsync(reading));
        Assert.NotEqual(identity, batch.Identity);
        Assert.NotEqual(origin, batch.Id(0).Stream);
        Assert.Equal(4, batch.NextOffset);
    }

    [Fact]
    public async Task A_file_truncated_in_place_is_a_new_log_with_new_ids()
    {
        File.WriteAllText(Path, "one\ntwo\n");
        await using var partition = await OpenAsync(follow: true);
        var batch = NewBatch();
        await NextAsync(partition, batch);
        var origins = new HashSet<string>(StringComparer.Ordinal) { batch.Id(0).Stream };
        foreach (var text in new[] { "1\n", "2\n" })
        {
            var reading = NextAsync(partition, batch);
            File.WriteAllText(Path, "");
            _clock.Advance(TimeSpan.FromSeconds(1));
            File.AppendAllText(Path, text);
            Assert.Equal(["0:" + text.Trim()], await PolledAsync(reading));
            Assert.True(origins.Add(batch.Id(0).Stream), "The new log must not have the ids of an old one.");
        }
    }

    [Fact]
    public async Task A_whole_document_is_one_event()
    {
        File.WriteAllText(Path, "a\nb\r\n");
        Assert.Equal(["0:a\nb\r\n"], (await ReadAllAsync(whole: true)).Events);
        Assert.Equal(["dead"], (await ReadAllAsync(4, whole: true)).Events);
        Assert.Equal(["0:a\nb\r\n"], (await ReadAllAsync(5, whole: true)).Events);
        File.WriteAllText(Path, "");
        Assert.Empty((await ReadAllAsync(whole: true)).Events);
    }

    [Fact]
    public async Task Wildcards_stand_for_files_in_the_order_of_their_names()
    {
        foreach (var name in new[] { "b.log", "a.log", "a.txt", "a10.log" })
        {
            File.WriteAllText(System.IO.Path.Combine(_folder.FullName, name), "x");
        }

        var source = new FileSource { Path = System.IO.Path.Combine(_folder.FullName, "*.log") };
        var partitions = await source.OpenAsync(Context(), TestContext.Current.CancellationToken);
        Assert.Equal(["a.log", "a10.log", "b.log"], partitions.Select(p => System.IO.Path.GetFileName(p.Name)));
        source.Path = System.IO.Path.Combine(_folder.FullName, "*.none");
        await Assert.ThrowsAsync<FileNotFoundException>(async () => await source.OpenAsync(Context(), TestContext.Current.CancellationToken));
    }

    private static EventBatch NewBatch() => new(new FieldTable());

    private static async Task<Origin> OriginAsync(FilePartition partition)
    {
        var batch = NewBatch();
        await partition.ReadAsync(batch, TestContext.Current.CancellationToken);
        return batch.Origins[0];
    }

    private static PartitionProgress Progress(FilePartition partition, long position) =>
        new(partition.Name, position, partition.Identity, false, new Dictionary<string, AnalyzerMark>());

    private static List<string> Events(EventBatch batch) => [.. Enumerable.Range(0, batch.RowCount).Select(r =>
        batch.RemovalOf(r) == Removal.Dead ? "dead" : $"{batch.Header(r).Offset}:{Encoding.UTF8.GetString(batch.Raw(r))}")];

    private static async Task<List<string>> NextAsync(FilePartition partition, EventBatch batch)
    {
        batch.Clear();
        Assert.Equal(ReadResult.Events, await partition.ReadAsync(batch, TestContext.Current.CancellationToken));
        return Events(batch);
    }

    // A followed file is looked at again whenever the clock moves on.
    private async Task<List<string>> PolledAsync(Task<List<string>> reading)
    {
        for (var n = 0; n < 1_000 && !reading.IsCompleted; n++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await reading;
    }

    private async Task<Read> WrittenAsync(string content, PartitionProgress progress)
    {
        File.WriteAllText(Path, content);
        return await ReadAllAsync(progress: progress);
    }

    private SourceContext Context(bool follow = false, bool whole = false) =>
        new() { Pipeline = "p", Time = _clock, Streams = null!, Follow = follow, WholeDocuments = whole };

    private async Task<FilePartition> OpenAsync(int maxEvent = 1 << 20, bool follow = false, bool whole = false, PartitionProgress? progress = null)
    {
        var partition = new FilePartition(Path, maxEvent, Context(follow, whole));
        await partition.OpenAsync(progress, TestContext.Current.CancellationToken);
        return partition;
    }

    private async Task<Read> ReadAllAsync(int maxEvent = 1 << 20, bool whole = false, PartitionProgress? progress = null)
    {
        await using var partition = await OpenAsync(maxEvent, whole: whole, progress: progress);
        var read = new Read { Identity = partition.Identity };
        for (var batch = NewBatch(); await partition.ReadAsync(batch, TestContext.Current.CancellationToken) == ReadResult.Events; batch.Clear())
        {
            Assert.All(batch.Failures, f => Assert.Equal(-1, f.Step));
            read.Events.AddRange(Events(batch));
            read.DeadTexts.AddRange(batch.Failures.Select(f => Encoding.UTF8.GetString(batch.Raw(f.Row))));
            (read.Position, read.Identity) = (batch.NextOffset, batch.Identity);
        }

        return read;
    }

    private sealed class Read
    {
        public List<string> Events { get; } = [];

        public IEnumerable<string> Texts => Events.Select(e => e[(e.IndexOf(':', StringComparison.Ordinal) + 1)..]);

        public List<string> DeadTexts { get; } = [];

        public long Position { get; set; }

        public string? Identity { get; set; }
    }
}
