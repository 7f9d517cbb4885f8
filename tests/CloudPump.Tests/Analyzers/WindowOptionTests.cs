using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Tests.Analyzers;

public sealed class WindowOptionTests
{
    [Fact]
    public void Having_picks_results_by_measures_and_dimensions()
    {
        var window = Window();
        window.Having = "n > 1 && k != 'c'";
        Assert.Equal(
            ["{'window_start':0,'window_end':10,'k':'b','n':2}"],
            AnalyzerRig.Run(window, [.. "abbcc".Select(k => AnalyzerRig.Event(1, $"{k}"))]));
    }

    [Fact]
    public void Early_results_come_every_so_often_in_event_time()
    {
        var window = Window();
        window.Early = new EarlyOption { Every = TimeSpan.FromSeconds(5) };
        var feed = new AnalyzerFeed(window);
        Assert.Equal(["{'window_start':0,'window_end':10,'k':'a','n':1,'early':true}"], feed.Add(AnalyzerRig.Event(1)));
        Assert.Empty(feed.Add(AnalyzerRig.Event(4)));
        Assert.Equal(["{'window_start':0,'window_end':10,'k':'a','n':3,'early':true}"], feed.Add(AnalyzerRig.Event(5)));
        Assert.Equal(
            ["{'window_start':0,'window_end':10,'k':'a','n':3}", "{'window_start':10,'window_end':20,'k':'a','n':1,'early':true}"], feed.Add(AnalyzerRig.Event(10)));
        Assert.Equal(["{'window_start':10,'window_end':20,'k':'a','n':1}"], feed.End());
    }

    [Fact]
    public void Early_results_of_hopping_windows_come_of_every_open_one()
    {
        var window = Window();
        (window.Every, window.Early) = (TimeSpan.FromSeconds(5), new EarlyOption { Every = TimeSpan.FromSeconds(1) });
        Assert.Equal(
            ["{'window_start':0,'window_end':10,'k':'a','n':1,'early':true}", "{'window_start':5,'window_end':15,'k':'a','n':1,'early':true}"],
            new AnalyzerFeed(window).Add(AnalyzerRig.Event(6)));
    }

    [Fact]
    public void A_key_that_meets_the_condition_is_told_early_once_also_after_a_restart()
    {
        var window = Window();
        (window.Lateness, window.Early) = (TimeSpan.FromSeconds(9), new EarlyOption { When = "n > 1" });
        var feed = new AnalyzerFeed(window);
        Assert.Empty(feed.Add(AnalyzerRig.Event(1), AnalyzerRig.Event(1, "b")));
        Assert.Equal(["{'window_start':0,'window_end':10,'k':'a','n':2,'early':true}"], feed.Add(AnalyzerRig.Event(2)));
        feed.Restart();
        Assert.Empty(feed.Add(AnalyzerRig.Event(3)));
        Assert.Equal(["{'window_start':0,'window_end':10,'k':'b','n':2,'early':true}"], feed.Add(AnalyzerRig.Event(3, "b")));
        Assert.Equal(["{'window_start':0,'window_end':10,'k':'a','n':3}", "{'window_start':0,'window_end':10,'k':'b','n':2}"], feed.End());
    }

    [Fact]
    public void Late_events_go_where_they_are_told_to_and_are_counted()
    {
        var window = Window();
        (window.Lateness, window.Late) = (TimeSpan.FromSeconds(5), new LateOption { To = "stragglers" });
        var feed = new AnalyzerFeed(window);
        feed.Add(AnalyzerRig.Event(20), AnalyzerRig.Event(15), AnalyzerRig.Event(14, "late"));
        Assert.Equal(1, feed.Late);
        var (outlet, sent, received) = (Assert.Single(feed.Context.Outlets), new List<Outgoing>(), new Bench());
        Assert.Equal((OutletKind.Topic, "stragglers"), (outlet.Kind, outlet.Target));
        outlet.Take(sent);
        EventBlockReader.Read(Assert.Single(sent).Block, received.Batch);
        Assert.Equal(AnalyzerRig.Event(14, "late"), received.Single);
    }

    [Fact]
    public void Time_may_be_the_time_received()
    {
        var window = Window();
        (window.Name, window.Time) = ("a", AnalyzerDefinition.Now);
        var start = new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch - TimeSpan.FromSeconds(1_767_225_600);
        Assert.StartsWith($"{{'window_start':{start.TotalSeconds},", Assert.Single(AnalyzerRig.Run(window, "{}", """{"s":9}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Time_may_be_a_text_of_the_form_of_RFC_3339()
    {
        var window = Window();
        (window.Name, window.Time) = ("a", "t");
        Assert.Equal(
            ["{'window_start':0,'window_end':10,'k':null,'n':2}"],
            AnalyzerRig.Run(window, """{"t":"2026-01-01T01:00:00+01:00"}""", """{"t":"2026-01-01T00:00:09.999Z"}"""));
    }

    [Theory]
    [InlineData("""{"t":"yesterday"}""", "The event time is a text that is no RFC 3339 timestamp.")]
    [InlineData("""{"t":17}""", "The event time is no timestamp but of the type Int.")]
    [InlineData("{}", "The event time cannot be told: ")]
    public void Another_time_is_a_dead_letter(string json, string reason)
    {
        var window = Window();
        (window.Name, window.Time) = ("a", "t");
        var bench = new Bench().Add(json).Parse(new CloudPump.Parsers.Json());
        var step = window.BuildStep(bench.Context);
        step.AddPartition(AnalyzerStep.NoTime);
        Assert.StartsWith(reason, bench.Run(step).Reason, StringComparison.Ordinal);
        Assert.Equal(AnalyzerStep.NoTime, step.Top(0));
    }

    private static TimeWindow Window() => new() { Size = TimeSpan.FromSeconds(10), By = ["k"], Measures = AnalyzerRig.Measures("n = count()") };
}
