using CloudPump.Connectors.Files;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;
using CloudPump.Routers;
using CloudPump.Transformers;

namespace CloudPump.Tests.Pipelines;

public sealed class PipelineInstanceTests : IDisposable
{
    private static readonly ComponentRegistry Registry = new(typeof(FileSink).Assembly);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudpump-test");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Counts_add_up_and_what_a_commit_holds_is_whole()
    {
        await using var instance = Instance();
        await instance.OpenSinkAsync(null, TestContext.Current.CancellationToken);
        instance.AddPartition(new TestPartition(), null);
        var batch = instance.CreateBatch();
        Fill(batch, """{"n":1}""", """{"n":2}""", """{"n":3}""", "broken", """{"n":"x"}""");
        await instance.ProcessAsync(batch, TestContext.Current.CancellationToken);
        Assert.Equal(new Accounting(5, 0, 0, 0, 0, 0, 0), instance.Accounting);
        await instance.DeliverAsync(batch, TestContext.Current.CancellationToken);
        Assert.Equal(5, instance.Accounting.InFlight);
        Assert.True(instance.HasPending);
        var commit = await instance.PrepareAsync(TestContext.Current.CancellationToken);
        instance.Accept(new CloudPump.Analyzers.ShardCounts(0, 0), TimeSpan.Zero);
        Assert.Equal(new Accounting(5, 0, 1, 1, 1, 2, 0), instance.Accounting);
        Assert.Equal(0, instance.Accounting.InFlight);
        Assert.False(instance.HasPending);
        Assert.Equal(["json", "filter"], commit.DeadLetters.Select(d => d.Processor));
        Assert.Equal("broken", System.Text.Encoding.UTF8.GetString(commit.DeadLetters[0].Raw!));
        Assert.Equal(1, Assert.Single(commit.Outgoing).Count);
        Assert.Equal((99L, "identity 1"), (commit.Progress[0].Position, commit.Progress[0].Identity));
    }

    [Fact]
    public async Task A_position_is_kept_with_the_identity_it_belongs_to()
    {
        await using var instance = Instance();
        await instance.OpenSinkAsync(null, TestContext.Current.CancellationToken);
        var partition = new TestPartition();
        var earlier = new PartitionProgress("test", 7, "identity 0", false, new Dictionary<string, AnalyzerMark>());
        instance.AddPartition(partition, earlier);

        // Nothing was read: the old position stays with the old input, although the input is another one now.
        instance.End(0);
        var progress = (await instance.PrepareAsync(TestContext.Current.CancellationToken)).Progress[0];
        Assert.Equal((7L, "identity 0", true), (progress.Position, progress.Identity, progress.Ended));

        // A batch of the old input was processed, while the partition has gone on to another.
        var batch = instance.CreateBatch();
        Fill(batch, "{}");
        batch.Identity = "identity 0";
        await instance.ProcessAsync(batch, TestContext.Current.CancellationToken);
        progress = (await instance.PrepareAsync(TestContext.Current.CancellationToken)).Progress[0];
        Assert.Equal((99L, "identity 0"), (progress.Position, progress.Identity));
    }

    [Fact]
    public void Progress_reads_back_and_a_damaged_row_is_refused()
    {
        var analyzers = new Dictionary<string, AnalyzerMark>(StringComparer.Ordinal) { ["a"] = new(5, [1, 2]), ["b"] = new(long.MinValue, []) };
        var bytes = new PartitionProgress("p", 3, "i", true, analyzers).Save();
        var read = PartitionProgress.Load(bytes);
        Assert.Equal(("p", 3L, "i", true), (read.Partition, read.Position, read.Identity, read.Ended));
        Assert.Equal(analyzers.Select(a => (a.Key, a.Value.Top, string.Join(',', a.Value.Numbers))), read.Analyzers.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value.Top, string.Join(',', a.Value.Numbers))));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => PartitionProgress.Load(bytes.AsSpan(0, length)));
        }

        // The length of the numbers, made enormous, asks for no memory.
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => PartitionProgress.Load([.. bytes.AsSpan(0, bytes.AsSpan().IndexOf("\x01a"u8) + 3), 0xff, 0xff, 0xff, 0xff, 0x07]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private static void Fill(EventBatch batch, params string[] events)
    {
        batch.Clear();
        batch.AddOrigin(Bench.Origin);
        foreach (var text in events)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            batch.Add(new EventHeader { RawOffset = batch.Append(bytes), RawLength = bytes.Length });
        }

        batch.NextOffset = 99;
    }

    private PipelineInstance Instance() => new(
        new PipelineDefinition
        {
            Name = "p",
            Processors =
            [
                new CloudPump.Parsers.Json(),
                new Filter { When = "n >= 2" },
                new Route { Rules = [new RouteRule { When = "n == 3", To = "other", Mode = RouteMode.Move }] },
            ],
            Sink = new FileSink { Path = Path.Combine(_folder.FullName, "out.ndjson") },
        },
        Registry,
        Bench.NewContext());

    private sealed class TestPartition : SourcePartition
    {
        public override string Name => "test";

        public override Origin Origin => Bench.Origin;

        public override string Identity => "identity 1";

        public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public override ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken) => new(ReadResult.End);
    }
}
