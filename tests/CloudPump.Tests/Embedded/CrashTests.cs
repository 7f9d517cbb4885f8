using CloudPump.Embedded;
using CloudPump.Parsers;
using CloudPump.Pipelines;
using CloudPump.Routers;

namespace CloudPump.Tests.Embedded;

/// <summary>
/// Hosts on one data folder, one after another, each with a fault at a random point: in a source, a sink, the store's transaction, or a stop. After the last run,
/// which has none, everything is as if nothing had happened.
/// </summary>
public sealed class CrashTests
{
    private const int Seeds = 200;
    private static readonly string[] First = [.. Enumerable.Range(0, 14).Select(i => Event(i, 3 * i))];
    private static readonly string[] Second = [.. Enumerable.Range(0, 9).Select(i => Event(i, 20 - (2 * i) + (7 * (i % 2))))];

    [Fact(Timeout = HostRig.Patience)]
    public async Task Whatever_happens_the_results_are_those_of_an_undisturbed_run()
    {
        using var undisturbed = new HostRig { CommitInterval = TimeSpan.FromHours(1) };
        var expected = new Outputs();
        await RunAsync(undisturbed, TimeProvider.System, expected, _ => { }, perBatch: 5, CancellationToken.None);
        var texts = expected.Texts(undisturbed);
        Assert.InRange(texts.Count, 40, int.MaxValue);
        var strikes = 0;
        await Parallel.ForAsync(0, Seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, _) =>
        {
            Interlocked.Add(ref strikes, await DisturbAsync(new Random(seed), texts, seed));
        });
        Assert.InRange(strikes, Seeds, int.MaxValue);
    }

    private static string Event(int i, int second) => i % 5 == 4 ? $"broken {i}" : HostRig.At(second, $"k{i % 2}")[..^1] + $$""","n":{{(i % 7 == 3 ? "\"x\"" : i)}}}""";

    private static async Task<int> DisturbAsync(Random random, List<string> expected, int seed)
    {
        using var rig = new HostRig { Attempts = 1, CommitInterval = TimeSpan.FromHours(random.Next(2)) };
        var (outputs, strikes) = (new Outputs(), 0);
        for (var run = random.Next(1, 5); run >= 0; run--)
        {
            using var stop = new CancellationTokenSource();
            var orderly = random.Next(4) == 0;
            void Strike()
            {
                Interlocked.Increment(ref strikes);
                if (orderly)
                {
                    stop.Cancel();
                }
                else
                {
                    throw new IOException("struck");
                }
            }

            var (never, calls) = (run == 0, random.Next(1, 40));
            var clock = new FaultyClock(never || random.Next(2) == 0 ? 0 : random.Next(1, 120), Strike);
            try
            {
                await RunAsync(rig, clock, outputs, _ => { if (!never && Interlocked.Decrement(ref calls) == 0) { Strike(); } }, random.Next(1, 6), stop.Token);
            }
            catch (PipelineFailedException e) when (!never && e.InnerException is IOException or StoreException)
            {
                // The next run goes on.
            }
        }

        var found = outputs.Texts(rig);
        Assert.True(expected.SequenceEqual(found, StringComparer.Ordinal), $"Seed {seed}:\n{string.Join('\n', found.Except(expected).Concat(expected.Except(found)))}");
        return strikes;
    }

    private static async Task RunAsync(HostRig rig, TimeProvider clock, Outputs outputs, Action<string> call, int perBatch, CancellationToken stop)
    {
        outputs.Each(sink => (sink.Writing, sink.Flushing) = (_ => call("write"), () => call("flush")));
        ScriptedInput Input(string name, string[] events) => new(name, events) { PerBatch = perBatch, Before = _ => call("read") };
        var route = new Route { Rules = [new RouteRule { When = "n > 2", To = "topic" }, new RouteRule { When = "k == 'k1'", To = "stream", Via = RouteTransport.Stream, Mode = RouteMode.Move }] };
        PipelineDefinition[] pipelines =
        [
            Pipeline.Define("main").From(new ScriptedSource(Input("a", First), Input("b", Second))).Parse(new Json())
                .Use(HostRig.Window("windows", shards: 2, lateness: 5)).Set("m", "n + 1").Use(route).To(outputs.Main),
            Pipeline.Define("topic").Use(HostRig.Window(shards: 2, lateness: 60)).To(outputs.Topic),
            Pipeline.Define("stream").Filter("n != 1").To(outputs.Stream),
            Pipeline.Define("windows").To(outputs.Windows),
            Pipeline.Define("findings").From(new CloudPump.Hosting.StreamSource { Name = "findings" }).To(outputs.Findings),
        ];
        var options = new EmbeddedOptions { DataFolder = rig.Data, Time = clock, CommitInterval = rig.CommitInterval, Attempts = rig.Attempts };
        await using var host = new EmbeddedHost(options, HostRig.Registry);
        await host.RunAsync(new PipelineSet(pipelines), stop);
    }

    private sealed class Outputs
    {
        public RecordingSink Main { get; } = new();

        public RecordingSink Topic { get; } = new();

        public RecordingSink Stream { get; } = new();

        public RecordingSink Windows { get; } = new();

        public RecordingSink Findings { get; } = new();

        public void Each(Action<RecordingSink> action) => Array.ForEach([Main, Topic, Stream, Windows, Findings], action);

        /// <summary>Everything that came out, in an order that does not depend on how partitions interleave.</summary>
        public List<string> Texts(HostRig rig)
        {
            var texts = new List<string>();
            Each(sink => texts.AddRange(sink.Delivered.Select(d => d.Id + " " + d.Json).Order(StringComparer.Ordinal)));
            texts.AddRange(rig.DeadLetters().Select(d => $"{d.Letter.Id} {d.Letter.Processor} {d.Letter.Reason}").Order(StringComparer.Ordinal));
            return texts;
        }
    }
}
