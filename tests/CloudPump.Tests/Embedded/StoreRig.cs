using System.Text;
using CloudPump.Analyzers;
using CloudPump.Embedded;
using CloudPump.Embedded.Storage;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Tests.Embedded;

/// <summary>A store without a host: commits go in, logs are read.</summary>
internal sealed class StoreRig : IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _owns;

    public StoreRig(string? folder = null, int leastPieces = 1 << 20, TimeSpan? retention = null)
    {
        _owns = folder is null;
        _folder = folder ?? Directory.CreateTempSubdirectory("cloudpump-test").FullName;
        Database = new StoreDatabase(_folder, durable: false);
        Logs = new StreamLogs(Database, Clock, 1000);
        Shards = new ShardStore(Database, Clock, leastPieces);
        Writer = new CommitWriter(Database, Logs, Shards, Clock, retention ?? TimeSpan.FromDays(1));
        Committer = new GroupCommitter(Database, Writer);
    }

    public FakeClock Clock { get; } = new();

    public string Folder => _folder;

    public StoreDatabase Database { get; }

    public StreamLogs Logs { get; }

    public ShardStore Shards { get; }

    public CommitWriter Writer { get; }

    public GroupCommitter Committer { get; }

    /// <summary>A commit that holds what is given and nothing else.</summary>
    public static Commit Commit(
        IReadOnlyList<Outgoing>? outgoing = null,
        IReadOnlyList<PartitionProgress>? progress = null,
        IReadOnlyList<DeadLetter>? dead = null,
        IReadOnlyList<AnalyzerPiece>? pieces = null,
        IReadOnlyList<WatermarkMove>? moves = null,
        IReadOnlyList<SilentPartition>? silent = null,
        string pipeline = "p") => new()
        {
            Pipeline = pipeline,
            Outgoing = outgoing ?? [],
            Progress = progress ?? [],
            DeadLetters = dead ?? [],
            Pieces = pieces ?? [],
            Watermarks = moves ?? [],
            Silent = silent ?? [],
            Tables = [],
        };

    /// <summary>Texts on their way to a partition of a stream.</summary>
    public static Outgoing ToStream(string stream, int partition, params string[] texts) => new(OutletKind.Stream, stream, partition, texts.Length, Block(texts));

    /// <summary>Texts on their way to a pipeline.</summary>
    public static Outgoing ToTopic(string target, params string[] texts) => new(OutletKind.Topic, target, 0, texts.Length, Block(texts));

    /// <summary>A position of a consumer in a log.</summary>
    public static PartitionProgress At(string log, long position) => new(log, position, "", false, new Dictionary<string, AnalyzerMark>());

    public Task<CloudPump.Analyzers.ShardCounts> CommitAsync(params IReadOnlyList<Outgoing> outgoing) => CommitAsync(Commit(outgoing));

    public Task<CloudPump.Analyzers.ShardCounts> CommitAsync(Commit commit) => Committer.CommitAsync(commit, TestContext.Current.CancellationToken);

    /// <summary>What a log has from a position on; it ends when it is drained.</summary>
    public async Task<List<string>> ReadAsync(StreamLog log, long position = 0)
    {
        await using var partition = new LogPartition(log, "reader", Database, endsWhenDrained: true);
        return await ReadAsync(partition, position);
    }

    /// <summary>What a log partition has from a position on.</summary>
    public static async Task<List<string>> ReadAsync(LogPartition partition, long position)
    {
        await partition.OpenAsync(At(partition.Name, position), TestContext.Current.CancellationToken);
        var (texts, batch) = (new List<string>(), new EventBatch(new FieldTable()));
        while (await partition.ReadAsync(batch, TestContext.Current.CancellationToken) == ReadResult.Events)
        {
            partition.Decode(batch);
            texts.AddRange(batch.Rows.ToArray().Select(r => Encoding.UTF8.GetString(batch.Raw(r))));
            batch.Clear();
        }

        return texts;
    }

    public long Count(string table)
    {
        using var count = new Statement(Database.Writer, $"SELECT count(*) FROM {table}");
        return (long)count.Scalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Committer.DisposeAsync();
        Writer.Dispose();
        Shards.Dispose();
        Logs.Dispose();
        Database.Dispose();
        if (_owns)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static byte[] Block(string[] texts)
    {
        var batch = new EventBatch(new FieldTable());
        batch.AddOrigin(Bench.Origin);
        var writer = new EventBlockWriter(batch.Fields);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            writer.Add(batch, batch.Add(new EventHeader { RawOffset = batch.Append(bytes), RawLength = bytes.Length }));
        }

        return writer.ToBlock(Bench.Origin);
    }
}
