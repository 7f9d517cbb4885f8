using CloudPump.Analyzers;
using CloudPump.Expressions;

namespace CloudPump.Tests.Analyzers;

public sealed class SessionWindowTests
{
    private static readonly Expression Login = Expression.Parse("v == 1");
    private static readonly Expression Logout = Expression.Parse("v == 9");

    [Fact]
    public void Events_exactly_the_gap_apart_are_in_two_sessions() =>
        Assert.Equal(["0..9:2", "19..19:1"], Sessions(new SessionWindow(), At(0, 9, 19)));

    [Fact]
    public void An_event_that_comes_late_joins_the_sessions_before_and_after_it() => Assert.Equal(
        ["0..15:3"], Sessions(new SessionWindow { Lateness = TimeSpan.FromSeconds(15) }, At(0, 15, 8)));

    [Fact]
    public void A_session_is_told_when_the_watermark_is_the_gap_after_its_last_event()
    {
        var feed = new AnalyzerFeed(Of(new SessionWindow()));
        Assert.Empty(feed.Add(At(0, 5)));
        feed.Restart();
        Assert.Empty(feed.MoveTo(14));
        Assert.Single(feed.MoveTo(15));
    }

    [Fact]
    public void Sessions_end_one_after_the_other_whatever_their_key_and_start() => Assert.Equal(
        [("b", 7), ("a", 8), ("b", 28)],
        AnalyzerRig.Run(Of(new SessionWindow { Lateness = TimeSpan.FromSeconds(99) }), [.. At(0), .. At(8), .. At("b", 7, 28)])
            .Select(r => (Text(r, "k"), (int)Number(r, "window_end"))));

    [Fact]
    public void The_first_and_last_events_fields_the_duration_and_measures_are_in_the_result()
    {
        var sessions = new SessionWindow { Gap = TimeSpan.FromSeconds(10), By = ["k"], Measures = AnalyzerRig.Measures("total = sum(v)", "speed = rate()"), First = ["v"], Last = ["v"] };
        sessions.Lateness = TimeSpan.FromSeconds(9);
        Assert.Equal(
            ["{'window_start':1,'window_end':9,'k':'a','duration':8,'total':12,'speed':0.375,'first_v':3,'last_v':4}"],
            AnalyzerRig.Run(sessions, AnalyzerRig.Event(2, value: 5), AnalyzerRig.Event(9, value: 4), AnalyzerRig.Event(1, value: 3)).Select(r => r.Replace(".0,", ",", StringComparison.Ordinal)));
    }

    [Fact]
    public void Having_picks_sessions_by_duration_and_measures() => Assert.Equal(
        ["20..29:2"], Sessions(new SessionWindow { Having = "duration > 8.0 && n < 3" }, At(0, 4, 20, 29, 40, 44, 49)));

    [Fact]
    public void Only_an_event_that_may_begin_a_session_does_and_it_ends_the_one_before() => Assert.Equal(
        ["2..4:3", "5..6:2"], Sessions(new SessionWindow { StartWhen = Login }, AnalyzerRig.Values(0, 2, 1, 3, 3, 1, 5)));

    [Fact]
    public void An_event_that_ends_a_session_is_its_last() => Assert.Equal(
        ["0..2:3", "3..4:2"], Sessions(new SessionWindow { EndWhen = Logout }, AnalyzerRig.Values(2, 2, 9, 1, 9)));

    [Fact]
    public void After_an_ending_what_is_no_beginning_is_passed_over() => Assert.Equal(
        ["0..1:2", "4..4:1"], Sessions(new SessionWindow { StartWhen = Login, EndWhen = Logout }, AnalyzerRig.Values(1, 9, 9, 5, 1)));

    [Fact]
    public void A_session_ends_at_the_longest_duration_and_an_event_then_begins_another() => Assert.Equal(
        ["0..9:3", "12..20:2"], Sessions(new SessionWindow { MaxDuration = TimeSpan.FromSeconds(12) }, At(0, 5, 9, 12, 20)));

    [Fact]
    public void A_limited_session_also_ends_by_the_gap() => Assert.Equal(
        ["0..9:2", "19..19:1"], Sessions(new SessionWindow { MaxDuration = TimeSpan.FromSeconds(60) }, At(0, 9, 19)));

    [Fact]
    public void With_too_many_sessions_the_oldest_are_told_as_far_as_they_are_known()
    {
        var feed = new AnalyzerFeed(Of(new SessionWindow { MaxKeys = 2, Lateness = TimeSpan.FromSeconds(99) }));
        Assert.Empty(feed.Add([.. At("b", 1, 4), .. At("a", 2)]));
        Assert.Equal(["{'window_start':2,'window_end':2,'k':'a','duration':0,'n':1,'partial':true}"], feed.Add(At("c", 9)).Select(r => r.Replace("0.0", "0", StringComparison.Ordinal)));
        Assert.Equal(1, feed.Shard.TakeClosedEarly());
        Assert.Equal(2, feed.End().Count);
    }

    private static string[] At(params int[] seconds) => At("a", seconds);

    private static string[] At(string key, params int[] seconds) => [.. seconds.Select(s => AnalyzerRig.Event(s, key))];

    private static IEnumerable<string> Sessions(SessionWindow definition, params string[] events) =>
        AnalyzerRig.Run(Of(definition), events).Select(r => $"{Number(r, "window_start")}..{Number(r, "window_end")}:{Number(r, "n")}");

    private static SessionWindow Of(SessionWindow definition)
    {
        (definition.Gap, definition.By, definition.Measures) = (TimeSpan.FromSeconds(10), ["k"], AnalyzerRig.Measures("n = count()"));
        return definition;
    }

    private static string Text(string result, string field) => System.Text.Json.Nodes.JsonNode.Parse(result.Replace('\'', '"'))![field]!.ToString();

    private static double Number(string result, string field) => double.Parse(Text(result, field), System.Globalization.CultureInfo.InvariantCulture);
}
