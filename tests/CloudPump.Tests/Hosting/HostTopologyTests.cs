using CloudPump.Hosting.Topology;
using CloudPump.Pipelines;
using CloudPump.Tests.App;

namespace CloudPump.Tests.Hosting;

/// <summary>What pipelines need of a host of functions is read from the pipelines alone.</summary>
public class HostTopologyTests
{
    private const string Sink = "sink:\n  \"null\": {}";

    private static readonly string Sums = $"pipeline: sums\n{Sink}";

    [Fact]
    public void One_stream_makes_a_function_of_the_pipelines_name_and_one_for_http()
    {
        var topology = Of($"pipeline: clicks\nsources:\n  - stream: clicks\n{Sink}");

        Assert.Equal(["clicks Stream clicks clicks", "clicks-http Http ingest/clicks "], Inputs(topology));
        Assert.Equal(["clicks 4 clicks"], Hubs(topology));
        Assert.Empty(topology.Subscriptions);
    }

    [Fact]
    public void Several_inputs_are_told_apart_by_their_source()
    {
        var topology = Of(
            $"pipeline: clicks\nsources:\n  - stream: {{name: clicks.eu, partitions: 8}}\n  - file: a.log\n  - generate: {{name: weblogs, count: 5}}\n{Sink}",
            $"pipeline: other\nsources:\n  - stream: clicks.eu\nprocessors:\n  - route:\n      - {{when: \"true\", to: clicks}}\n      - {{when: \"true\", to: clicks, via: stream}}\n{Sink}");

        Assert.Equal(
            [
                "other Stream clicks.eu other", "other-http Http ingest/other ",
                "clicks-clicks-eu Stream clicks.eu clicks-clicks-eu", "clicks-results Stream pipeline.clicks clicks-results", "clicks-routes Topic routes clicks",
                "clicks-schedule1 Schedule 0 * * * * * ", "clicks-schedule2 Schedule 0 * * * * * ", "clicks-http Http ingest/clicks ",
            ],
            Inputs(topology));
        Assert.Equal(["clicks.eu 8 other,clicks-clicks-eu", "pipeline.clicks 1 clicks-results"], Hubs(topology));
        Assert.Equal([new SubscriptionPlan("routes", "clicks", "clicks")], topology.Subscriptions);
    }

    [Fact]
    public void Results_late_events_and_signals_have_their_ways()
    {
        var topology = Of(
            $"pipeline: clicks\nsources:\n  - stream: clicks\nprocessors:\n  - time_window: {{name: w, size: 1m, measures: {{n: count()}}, to: sums, late: {{to: late}}, early: {{on: other}}}}\n  - time_window: {{name: v, size: 1m, measures: {{n: count()}}}}\n{Sink}",
            Sums,
            $"pipeline: late\n{Sink}",
            $"pipeline: other\nsources:\n  - stream: clicks\n{Sink}");

        Assert.Contains("sums Stream pipeline.sums sums", Inputs(topology));
        Assert.Contains("late Topic routes late", Inputs(topology));
        Assert.Contains("clicks-signals Stream signal.clicks clicks-signals", Inputs(topology));
        Assert.Contains("findings 4 ", Hubs(topology));
    }

    [Fact]
    public void A_pipeline_without_a_stream_is_posted_to_over_the_topic()
    {
        var topology = Of($"pipeline: files\nsources:\n  - file: {{path: a.log, schedule: \"0 0 1 * * *\"}}\n{Sink}");

        Assert.Equal(["files-routes Topic routes files", "files-schedule Schedule 0 0 1 * * * ", "files-http Http ingest/files "], Inputs(topology));
    }

    [Fact]
    public void A_long_function_name_gives_a_consumer_group_that_fits()
    {
        var name = new string('a', 40);
        var topology = Of($"pipeline: {name}\nsources:\n  - stream: a-very-long-stream\n  - stream: another-very-long-stream\n{Sink}");

        Assert.All(topology.Hubs.SelectMany(h => h.ConsumerGroups), c => Assert.InRange(c.Length, 1, 50));
        Assert.Equal(2, topology.Hubs.SelectMany(h => h.ConsumerGroups).Distinct().Count());
    }

    [Fact]
    public void Too_many_shards_for_one_transaction_are_a_mistake()
    {
        var failure = Assert.Throws<DefinitionException>(() =>
            Of($"pipeline: clicks\nsources:\n  - stream: clicks\nprocessors:\n  - time_window: {{name: w, size: 1m, shards: 60, measures: {{n: count()}}, to: sums}}\n  - time_window: {{name: v, size: 1m, shards: 40, measures: {{n: count()}}, to: sums}}\n{Sink}", Sums));

        Assert.Contains("p0.yaml:6:46: error: The analyzers of 'clicks' have 100 shards together; on Azure one pipeline takes 99", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_functions_of_one_name_are_a_mistake()
    {
        var failure = Assert.Throws<DefinitionException>(() => Of(
            $"pipeline: a\nsources:\n  - stream: b\n  - stream: c\n{Sink}",
            $"pipeline: a-b\nsources:\n  - stream: c\n{Sink}"));

        Assert.Contains("Two functions would be named 'a-b': those of 'a' and 'a-b'.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_the_apps_own_functions_are_a_mistake() =>
        Assert.Contains("'cloudpump-sweep' cannot be named so", Assert.Throws<DefinitionException>(() => Of($"pipeline: cloudpump-sweep\nsources:\n  - stream: c\n{Sink}")).Message, StringComparison.Ordinal);

    private static HostTopology Of(params string[] pipelines) => HostTopology.Of(AppRig.Read(pipelines));

    private static IEnumerable<string> Inputs(HostTopology topology) => topology.Inputs.Select(i => $"{i.Function} {i.Kind} {i.Entity} {i.Consumer}");

    private static IEnumerable<string> Hubs(HostTopology topology) => topology.Hubs.Select(h => $"{h.Name} {h.Partitions} {string.Join(',', h.ConsumerGroups)}");
}
