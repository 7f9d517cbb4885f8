using CloudPump.Analyzers;
using CloudPump.Analyzers.Findings;

namespace CloudPump.Tests.Analyzers;

public sealed class DetectTests
{
    [Theory]
    [InlineData(new[] { 10, 11, 12, 11, 100 }, "e above 100.0 11.0: total is 100, 60.031 deviations above the median 11 of 5 keys.")]
    [InlineData(new[] { 10, 11, 12, 11, -100 }, "e below -100.0 11.0: total is -100, 74.87 deviations below the median 11 of 5 keys.")]
    [InlineData(new[] { 10, 10, 10, 10, 100 }, "e above 100.0 10.0: total is 100, 3.989 deviations above the median 10 of 5 keys.")]
    [InlineData(new[] { 10, 10, 10, 10, 10 })]
    [InlineData(new[] { 10, 10, 11, 12, 12 })]
    [InlineData(new[] { 10, 11, 12, 100 })]
    public void An_outlier_is_far_from_the_median_of_the_keys_in_deviations(int[] values, params string[] expected) =>
        Assert.Equal(expected, Findings(new DetectRule { Outliers = new OutliersOption { Measure = "total" } }, [.. values.Select((v, i) => AnalyzerRig.Event(1, $"{(char)('a' + i)}", v))]));

    [Fact]
    public void A_key_that_was_there_window_after_window_is_gone_when_it_is_not_and_back_when_it_is() => Assert.Equal(
        [
            "@20 a gone 0.0 1.0: n is zero after 2 windows with a value, the last 1.",
            "@50 a back 1.0: The key is back.",
        ],
        Findings(new DetectRule { DropToZero = new DropToZeroOption { Measure = "n", After = 2 } }, At(1, 11), AnalyzerRig.Event(45, "b"), AnalyzerRig.Event(55)));

    [Fact]
    public void A_key_is_gone_when_time_passes_without_any_event_at_all()
    {
        var feed = new AnalyzerFeed(Window(new DetectRule { DropToZero = new DropToZeroOption { Measure = "n", After = 2 } }));
        feed.Add([.. At(1, 11)]);
        Assert.Empty(feed.MoveTo(29));
        feed.Restart();
        Assert.StartsWith("{'window_start':20,'window_end':30,'k':'a','finding':'drop_to_zero','measure':'n','state':'gone'", Assert.Single(feed.MoveTo(30)), StringComparison.Ordinal);
        Assert.Empty(feed.MoveTo(1000));
    }

    [Fact]
    public void A_spike_is_far_above_the_median_of_the_same_window_of_earlier_periods()
    {
        var spike = new SpikeOption { Measure = "n", Period = TimeSpan.FromSeconds(20), Periods = 3, Least = 2, Factor = 3 };
        Assert.Equal(
            ["@60 a above 7.0 2.0: n is 7; the median of the same window of 3 earlier periods is 2."],
            Findings(new DetectRule { Spike = spike }, At(0, 20, 20, 40, 40, 40), At(11, 11, 11, 11, 11, 11, 11), At(60, 61, 62, 63, 64, 65, 66)));
        Assert.Empty(Findings(new DetectRule { Spike = spike }, At(0, 20, 20, 40, 40, 40, 60, 61, 62, 63, 64, 65)));
        Assert.Empty(Findings(new DetectRule { Spike = spike }, At(0, 20, 21, 22, 23, 24)));
    }

    [Fact]
    public void Only_so_many_earlier_periods_are_remembered()
    {
        var spike = new SpikeOption { Measure = "n", Period = TimeSpan.FromSeconds(10), Periods = 1, Least = 1, Factor = 2 };
        Assert.Equal(["@20 a above 3.0 1.0: n is 3; the median of the same window of 1 earlier periods is 1."], Findings(new DetectRule { Spike = spike }, At(1, 2, 3, 11, 20, 21, 22)));
    }

    [Fact]
    public void A_limit_that_is_passed_is_told_and_when_that_is_over() => Assert.Equal(
        [
            "@10 a above 3.0 2.0: n is 3, which is above 2.",
            "@30 a normal 2.0: n is 2, which is within its limits.",
            "@40 a below 1.0 2.0: n is 1, which is below 2.",
        ],
        Findings(new DetectRule { Threshold = new LimitOption { Measure = "n", Above = 2, Below = 2 } }, At(1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 40)));

    [Fact]
    public void A_class_is_told_when_it_changes() => Assert.Equal(
        [
            "@0 a none 1.0: n is 1, which is below every class.",
            "@20 a many 3.0 3.0: n is 3, which is 'many', from 3 on.",
            "@30 a some 2.0 2.0: n is 2, which is 'some', from 2 on.",
        ],
        Findings(new DetectRule { Classes = new ClassesOption { Measure = "n", Bands = { { "some", 2 }, { "many", 3 } } } }, At(1, 10, 20, 21, 22, 30, 31)));

    [Fact]
    public void Findings_follow_the_results_of_their_window_unless_they_alone_are_emitted()
    {
        var rule = new DetectRule { Threshold = new LimitOption { Measure = "n", Above = 0 } };
        var window = Window(rule);
        (window.Emit, window.Having) = (WindowEmission.Results, "n > 1");
        Assert.Equal(
            [
                "{'window_start':0,'window_end':10,'k':'a','n':2,'total':2}",
                "{'window_start':0,'window_end':10,'k':'a','finding':'threshold','measure':'n','state':'above','value':2,'expected':0,'reason':'n is 2, which is above 0.'}",
                "{'window_start':0,'window_end':10,'k':'b','finding':'threshold','measure':'n','state':'above','value':1,'expected':0,'reason':'n is 1, which is above 0.'}",
            ],
            AnalyzerRig.Run(window, [.. At(1, 2), AnalyzerRig.Event(1, "b")]).Select(r => r.Replace(".0,", ",", StringComparison.Ordinal)));
        Assert.Equal(2, AnalyzerRig.Run(Window(rule), [.. At(1, 2), AnalyzerRig.Event(1, "b")]).Count);
    }

    private static string[] At(params int[] seconds) => [.. seconds.Select(s => AnalyzerRig.Event(s))];

    private static TimeWindow Window(DetectRule rule) => new()
    {
        Size = TimeSpan.FromSeconds(10), By = ["k"], Measures = AnalyzerRig.Measures("n = count()", "total = sum(v)"), Detect = [rule], Emit = WindowEmission.Findings,
        Lateness = TimeSpan.FromSeconds(100),
    };

    private static IEnumerable<string> Findings(DetectRule rule, params object[] events) =>
        AnalyzerRig.Run(Window(rule), [.. events.SelectMany(e => e as string[] ?? [(string)e])]).Select(Finding);

    // The window's start is left out when it is the first.
    private static string Finding(string result)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(result.Replace('\'', '"').Replace("\\u0022", "'"))!;
        var start = (double)json["window_start"]!;
        return $"{(start == 0 && json["measure"]!.ToString() == "total" ? "" : $"@{start} ")}{json["k"]} {json["state"]} {json["value"]!.ToJsonString()}{(json["expected"] is { } x ? " " + x.ToJsonString() : "")}: {json["reason"]}";
    }
}
