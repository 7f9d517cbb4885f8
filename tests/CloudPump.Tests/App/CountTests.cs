using CloudPump.Connectors.Generate;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;
using CloudPump.Tests.App.Fakes;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.App;

/// <summary>What a batch costs on Azure: messages, signals, transactions, reads.</summary>
public class CountTests
{
    private const int Batches = 1_000;
    private const int BatchSize = 1_000;
    private const int Shards = 4;

    [Fact]
    public async Task A_million_web_log_events_cost_one_message_a_route_one_signal_a_shard_and_one_transaction_a_batch()
    {
        var rig = new AppRig(Weblogs());
        rig.Registry.Add(typeof(ForgetfulSink));
        var process = rig.Start();
        var input = rig.Input("weblogs");
        var progress = rig.Tables["cloudpumpprogress"];
        var (line, source) = (new ByteBuffer(), SampleGenerators.Create("weblogs", 1));
        var (reads, most) = (0, new Costs(0, 0, 0));
        for (var batch = 0; batch < Batches; batch++)
        {
            var before = Costs.Of(rig, progress);
            await process.InvokeAsync(input, 0, [.. Enumerable.Range(batch * BatchSize, BatchSize).Select(n => Message(source, line, n))]);
            var cost = Costs.Of(rig, progress) - before;
            most = Costs.Most(most, cost);
            Assert.Equal(1, cost.Transactions);
            reads = batch == 0 ? progress.Reads : reads;
        }

        Assert.Equal(1_000_000, process.Host.AccountingOf("weblogs").Received);
        Assert.Equal(new Costs(Messages: 1, Signals: Shards, Transactions: 1), most);
        Assert.Equal(reads, progress.Reads);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Batches * BatchSize} events: {rig.Bus.Messages} messages on 1 route, {rig.Entities.Sent["apply"]} signals to {Shards} shards, {progress.Transactions} transactions, {progress.Reads} read(s)");
    }

    // The sample with several shards, and sinks that keep nothing.
    private static PipelineSet Weblogs()
    {
        string[] files = ["weblogs", "errors", "traffic"];
        var set = AppRig.Read([.. files.Select(f => File.ReadAllText(Repository.Path($"functions/pipelines/{f}.yaml")).Replace("size: 1m", $"size: 1m\n      shards: {Shards}", StringComparison.Ordinal))]);
        return new PipelineSet([.. set.Pipelines.Select(p => p.With(sink: new ForgetfulSink()))]);
    }

    private static HubMessage Message(ISampleGenerator source, ByteBuffer line, int number)
    {
        line.Clear();
        source.Write(number, SampleTime.Of(number), line);
        return new HubMessage(number, BinaryData.FromBytes(line.Written.TrimEnd((byte)'\n').ToArray()), null, new Dictionary<string, object>(StringComparer.Ordinal), SampleTime.Of(number));
    }

    private readonly record struct Costs(int Messages, int Signals, int Transactions)
    {
        public static Costs Of(AppRig rig, FakeTable progress) => new(rig.Bus.Messages, rig.Entities.Sent.GetValueOrDefault("apply"), progress.Transactions);

        public static Costs operator -(Costs a, Costs b) => new(a.Messages - b.Messages, a.Signals - b.Signals, a.Transactions - b.Transactions);

        public static Costs Most(Costs a, Costs b) => new(Math.Max(a.Messages, b.Messages), Math.Max(a.Signals, b.Signals), Math.Max(a.Transactions, b.Transactions));
    }

    [Component(ComponentKind.Sink, "forgetful", "Takes events and keeps nothing.")]
    private sealed class ForgetfulSink : SinkDefinition
    {
        public override ISink Build(BuildContext context) => new Sink();

        private sealed class Sink : ISink
        {
            public ValueTask OpenAsync(string? committed, CancellationToken cancellationToken) => ValueTask.CompletedTask;

            public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

            public ValueTask<string?> FlushAsync(CancellationToken cancellationToken) => new((string?)null);

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
