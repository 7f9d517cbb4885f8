using CloudPump.Analyzers;

namespace CloudPump.Tests.Analyzers;

public sealed class ThresholdAndCounterTests
{
    [Fact]
    public void A_value_that_passes_a_limit_is_told_and_when_it_is_back() => Assert.Equal(
        [
            "{'timestamp':1,'k':'a','state':'above','was':'normal','value':91,'limit':90}",
            "{'timestamp':2,'k':'a','state':'normal','was':'above','value':90,'limit':90,'since':1}",
            "{'timestamp':4,'k':'a','state':'below','was':'normal','value':9,'limit':10,'since':2}",
            "{'timestamp':5,'k':'a','state':'above','was':'below','value':99,'limit':90,'since':4}",
        ],
        Run(new Threshold { Above = 90, Below = 10 }, 50, 91, 90, 10, 9, 99, 98));

    [Fact]
    public void Within_the_hysteresis_it_is_not_back() => Assert.Equal(
        ["1 above", "4 normal", "5 below", "7 normal"],
        Changes(new Threshold { Above = 90, Below = 10, Hysteresis = 5 }, 90, 91, 86, 89, 85, 9, 14, 15));

    [Fact]
    public void Several_in_a_row_decide() => Assert.Equal(
        ["3 above", "8 normal"],
        Changes(new Threshold { Above = 90, InARow = 2 }, 91, 50, 91, 92, 93, 50, 91, 50, 50));

    [Fact]
    public void A_row_towards_one_state_is_none_towards_another() => Assert.Equal(
        ["4 below"], Changes(new Threshold { Above = 90, Below = 10, InARow = 2 }, 91, 9, 91, 9, 9));

    [Fact]
    public void Every_key_is_by_itself_and_events_without_a_value_are_passed_over() => Assert.Equal(
        ["{'timestamp':3,'k':'b','state':'above','was':'normal','value':2.0,'limit':1.0}"],
        AnalyzerRig.Run(Of(new Threshold { Above = 1, InARow = 2 }), AnalyzerRig.Event(1, "b", 2), """{"s":2,"k":"b"}""", """{"s":2,"k":"b","v":"9"}""", AnalyzerRig.Event(3, "a", 2), AnalyzerRig.Event(3, "b", 2)));

    [Fact]
    public void A_counter_tells_every_so_many_events_of_a_key() => Assert.Equal(
        ["{'timestamp':1,'k':'a','count':2,'since':0}", "{'timestamp':3,'k':'a','count':4,'since':0}"],
        AnalyzerRig.Run(new Counter { By = ["k"], Every = 2 }, [AnalyzerRig.Event(0, "b"), .. AnalyzerRig.Values(1, 1, 1, 1, 1)]));

    [Fact]
    public void A_counter_goes_on_after_a_restart()
    {
        var feed = new AnalyzerFeed(new Counter { By = ["k"], Every = 2 });
        Assert.Empty(feed.Add(AnalyzerRig.Event(1)));
        Assert.Empty(feed.MoveTo(5));
        feed.Restart();
        Assert.Empty(feed.Add(AnalyzerRig.Event(6)));
        Assert.Equal(["{'timestamp':6,'k':'a','count':2,'since':1}"], feed.End());
    }

    [Fact]
    public void A_counter_counts_what_it_is_told_to_and_begins_anew_with_the_event_that_resets_it() => Assert.Equal(
        ["{'timestamp':3,'k':'a','count':2,'since':1}", "{'timestamp':5,'k':'a','count':2,'since':4}", "{'timestamp':8,'k':'a','count':2,'since':7}"],
        AnalyzerRig.Run(new Counter { By = ["k"], Every = 2, When = "v > 0", ResetWhen = "v == 9 || v == -9" }, AnalyzerRig.Values(-1, 1, -1, 1, 9, 1, -9, 1, 1)));

    private static IEnumerable<string> Changes(Threshold definition, params int[] values) =>
        Run(definition, values).Select(r => r.Split([':', ',', '\''], StringSplitOptions.RemoveEmptyEntries)).Select(r => $"{r[2]} {r[6]}");

    private static IEnumerable<string> Run(Threshold definition, params int[] values) =>
        AnalyzerRig.Run(Of(definition), AnalyzerRig.Values(values)).Select(r => r.Replace(".0", "", StringComparison.Ordinal));

    private static Threshold Of(Threshold definition)
    {
        (definition.By, definition.Value) = (["k"], "v");
        return definition;
    }
}
