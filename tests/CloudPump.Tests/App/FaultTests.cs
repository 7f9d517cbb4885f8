using System.Globalization;

namespace CloudPump.Tests.App;

/// <summary>Under faults of every kind no event is lost, and the analyzers' results are those of a run without faults.</summary>
public class FaultTests
{
    private const int Events = 240;

    private static readonly int Runs = Setting("CLOUDPUMP_FAULT_RUNS", 200);

    private static readonly int First = Setting("CLOUDPUMP_FAULT_FIRST", 0);

    private static readonly string[] Pipelines =
    [
        """
        pipeline: clicks
        sources:
          - stream: {name: clicks, partitions: 2}
        processors:
          - parse: json
          - route:
              - {when: "n % 3 == 0", to: errs}
              - {when: "n % 4 == 0", to: audit, via: stream}
          - route:
              - {when: "n % 6 == 0", to: audit, via: stream}
          - time_window: {name: sums, size: 10s, lateness: 5s, idle: 7d, by: [k], shards: 2, measures: {hits: count(), total: sum(n)}, to: sums}
          - session_window: {name: visits, gap: 4s, lateness: 5s, idle: 7d, by: [k], measures: {clicks: count()}, to: visits}
        sink:
          "null": {}
        """,
        """
        pipeline: errs
        processors:
          - time_window: {name: errs, size: 20s, lateness: 1d, idle: 7d, by: [k], measures: {hits: count(), total: sum(n)}, to: sums2}
        sink:
          "null": {}
        """,
        """
        pipeline: audit
        processors:
          - route:
              - {when: "n % 8 == 0", to: plain}
          - time_window: {name: audited, size: 10s, lateness: 1d, idle: 7d, by: [k], measures: {hits: count(), first: first(n), last: last(n)}, to: sums2}
        sink:
          "null": {}
        """,
        """
        pipeline: sums
        processors:
          # Longer than that of the pipeline that sends: idleness is a matter of the clock, and what comes after it is late.
          - time_window: {name: of_sums, time: window_end, size: 30s, lateness: 1d, idle: 20d, measures: {windows: count(), hits: sum(hits)}, to: sums2}
        sink:
          "null": {}
        """,
        """
        pipeline: sums2
        sink:
          "null": {}
        """,
        """
        pipeline: visits
        sink:
          "null": {}
        """,
        """
        pipeline: plain
        sink:
          "null": {}
        """,
    ];

    private static readonly string[] Names = ["clicks", "errs", "audit", "sums", "sums2", "visits", "plain"];

    [Fact]
    public async Task Random_faults_lose_nothing_and_change_no_result()
    {
        for (var seed = First; seed < First + Runs; seed++)
        {
            var expected = await CleanAsync(seed);
            var rig = Rig(seed);
            rig.LargestInline = seed % 2 == 0 ? rig.LargestInline : 100;
            var run = new FaultRun(seed, rig);
            await run.RunAsync();
            Assert.True(run.Failures > 0, $"Seed {seed} had no faults.");
            foreach (var name in Names)
            {
                var got = rig.Output(name).Distinct(StringComparer.Ordinal).ToList();
                Assert.True(expected[name].SequenceEqual(got, StringComparer.Ordinal), $"Seed {seed}, {name}: {Difference(expected[name], got)}");
            }
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static string Difference(IReadOnlyList<string> expected, IReadOnlyList<string> got) =>
        $"missing {string.Join(" ", expected.Except(got, StringComparer.Ordinal).Take(5))}; too many {string.Join(" ", got.Except(expected, StringComparer.Ordinal).Take(5))}";

    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> CleanAsync(int seed)
    {
        var rig = Rig(seed);
        await rig.EndAsync(rig.Start());
        Assert.All(Names, n => Assert.NotEmpty(rig.Output(n)));
        // An event that two routes send to one pipeline comes twice; a sink that cannot tell may get it more often, but never not.
        return Names.ToDictionary(n => n, IReadOnlyList<string> (n) => [.. rig.Output(n).Distinct(StringComparer.Ordinal)], StringComparer.Ordinal);
    }

    private static AppRig Rig(int seed)
    {
        var rig = new AppRig(Pipelines);
        var random = new Random(seed);
        for (var n = 0; n < Events; n++)
        {
            var time = new DateTimeOffset(2026, 10, 10, 12, 0, 0, TimeSpan.Zero).AddSeconds((n * 0.7) - random.Next(9)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            rig.Hubs.Put("clicks", random.Next(2), $$"""{"n":{{n}},"k":"{{(char)('a' + random.Next(4))}}","timestamp":"{{time}}"}""");
        }

        return rig;
    }
}
