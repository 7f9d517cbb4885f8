using CloudPump.Analyzers;
using CloudPump.Analyzers.Patterns;

namespace CloudPump.Tests.Analyzers;

public sealed class PatternTests
{
    private static readonly string[] FailFailOk = ["""{"s":1,"k":"a","o":"f"}""", """{"s":2,"k":"a","o":"f"}""", """{"s":3,"k":"a","o":"ok","u":"eve"}"""];

    [Fact]
    public void Steps_are_found_in_order_per_key_with_other_events_between()
    {
        var pattern = Of(10, Step("x", "o == 'f'", times: 2), Step("y", "o == 'ok'"));
        pattern.Select.Add("user", MatchValue.Parse("y.u"));
        pattern.Select.Add("n", MatchValue.Parse("count(x)"));
        string[] others = ["""{"s":2,"k":"b","o":"ok"}""", """{"s":2,"k":"a","o":"?"}"""];
        Assert.Equal(["{'match_start':1,'match_end':3,'k':'a','user':'eve','n':2}"], AnalyzerRig.Run(pattern, [FailFailOk[0], .. others, .. FailFailOk[1..]]));
    }

    [Fact]
    public void Order_is_by_time_not_by_arrival()
    {
        var pattern = Of(10, Step("x", "o == 'f'", times: 2), Step("y", "o == 'ok'"));
        pattern.Lateness = TimeSpan.FromSeconds(5);
        Assert.Single(AnalyzerRig.Run(pattern, [.. FailFailOk.Reverse()]));
    }

    [Fact]
    public void The_time_of_a_match_is_less_than_within()
    {
        Assert.Empty(AnalyzerRig.Run(Of(2, Step("x", "o == 'f'", times: 2), Step("y", "o == 'ok'")), FailFailOk));
        Assert.Single(AnalyzerRig.Run(Of(3, Step("x", "o == 'f'", times: 2), Step("y", "o == 'ok'")), FailFailOk));
    }

    [Theory]
    [InlineData(SkipStrategy.PastLast, "{'match_start':1,'match_end':3,'k':'a'}")]
    [InlineData(SkipStrategy.ToNext, "{'match_start':1,'match_end':3,'k':'a'}", "{'match_start':2,'match_end':3,'k':'a'}")]
    public void After_a_match_the_search_goes_on_as_told(SkipStrategy skip, params string[] expected)
    {
        var pattern = Of(10, Step("x", "o == 'f'"), Step("y", "o == 'ok'"));
        pattern.Skip = skip;
        Assert.Equal(expected, AnalyzerRig.Run(pattern, FailFailOk));
    }

    [Fact]
    public void A_step_that_may_go_on_branches_and_the_first_to_complete_wins()
    {
        // Both the first and the second step take 'f': a b+ c.
        var pattern = Of(10, Step("x", "o == 'f'", atLeast: 1), Step("y", "o == 'f'"), Step("z", "o == 'ok'"));
        pattern.Select.Add("xs", MatchValue.Parse("count(x)"));
        Assert.Equal(["{'match_start':1,'match_end':3,'k':'a','xs':1}"], AnalyzerRig.Run(pattern, FailFailOk));
    }

    [Fact]
    public void A_forbidden_event_between_steps_ends_the_attempt()
    {
        var pattern = Of(10, Step("x", "o == 'f'"), Step("n", "o == 'reset'", not: true), Step("y", "o == 'ok'"));
        Assert.Empty(AnalyzerRig.Run(pattern, """{"s":1,"k":"a","o":"f"}""", """{"s":2,"k":"a","o":"reset"}""", """{"s":3,"k":"a","o":"ok"}"""));
        Assert.Single(AnalyzerRig.Run(pattern, """{"s":1,"k":"a","o":"reset"}""", """{"s":2,"k":"a","o":"f"}""", """{"s":3,"k":"a","o":"ok"}"""));
    }

    [Fact]
    public void What_does_not_follow_in_time_is_a_match_when_the_time_is_over()
    {
        var pattern = Of(60, Step("order", "o == 'order'"), Step("paid", "o == 'paid'", not: true));
        Assert.Equal(["{'match_start':5,'match_end':65,'k':'b'}"], AnalyzerRig.Run(
            pattern, """{"s":1,"k":"a","o":"order"}""", """{"s":5,"k":"b","o":"order"}""", """{"s":40,"k":"a","o":"paid"}""", """{"s":66,"k":"b","o":"paid"}"""));
    }

    [Fact]
    public void A_strict_pattern_lets_no_other_event_between()
    {
        var pattern = Of(10, Step("x", "o == 'f'"), Step("y", "o == 'ok'"));
        pattern.Strict = true;
        Assert.Single(AnalyzerRig.Run(pattern, FailFailOk));
        Assert.Empty(AnalyzerRig.Run(pattern, """{"s":1,"k":"a","o":"f"}""", """{"s":2,"k":"a"}""", """{"s":3,"k":"a","o":"ok"}"""));
    }

    [Fact]
    public void Conditions_may_refer_to_earlier_steps_and_to_the_steps_own_last_event()
    {
        var pattern = Of(100, Step("rise", "v > 0 && (!has(rise.v) || v > rise.v)", atLeast: 3), Step("drop", "v < rise.v / 2 && u == rise.u"));
        foreach (var (name, text) in new[] { ("top", "rise.v"), ("bottom", "first(rise.v)"), ("sum", "sum(rise.v)"), ("mean", "avg(rise.v)"), ("least", "min(rise.v)"), ("most", "max(rise.v)"), ("end", "drop.v"), ("gain", "rise.v - drop.v") })
        {
            pattern.Select.Add(name, MatchValue.Parse(text));
        }

        string[] events = [.. new[] { 10, 12, 20, 19, 24, 3 }.Select((v, i) => $$"""{"s":{{i}},"k":"a","v":{{v}},"u":"x"}""")];
        Assert.Equal(
            "{'match_start':0,'match_end':5,'k':'a','top':24,'bottom':10,'sum':66.0,'mean':16.5,'least':10.0,'most':24.0,'end':3,'gain':21}",
            Assert.Single(AnalyzerRig.Run(pattern, events)));
        Assert.Empty(AnalyzerRig.Run(pattern, [.. events[..^1], """{"s":5,"k":"a","v":3,"u":"y"}"""]));
    }

    [Fact]
    public void An_optional_step_may_be_there_or_not()
    {
        var pattern = Of(10, Step("x", "o == 'f'"), Optional("m", "o == 'mail'"), Step("y", "o == 'ok'"));
        pattern.Select.Add("mails", MatchValue.Parse("count(m)"));
        pattern.Select.Add("at", MatchValue.Parse("m.s"));
        Assert.Equal(["{'match_start':2,'match_end':3,'k':'a','mails':0,'at':null}"], AnalyzerRig.Run(pattern, FailFailOk[1..]));
        Assert.Equal(["{'match_start':1,'match_end':3,'k':'a','mails':1,'at':2}"], AnalyzerRig.Run(pattern, FailFailOk[0], """{"s":2,"k":"a","o":"mail"}""", FailFailOk[2]));
    }

    [Fact]
    public void Attempts_that_run_out_of_time_are_told_on_request()
    {
        var pattern = Of(10, Step("x", "o == 'f'"), Step("y", "o == 'ok'"), Step("z", "o == 'bye'"));
        pattern.Timeouts = true;
        Assert.Equal(["{'match_start':2,'match_end':12,'k':'a','timed_out':true,'step':'y'}"], AnalyzerRig.Run(pattern, FailFailOk[1..]));
    }

    [Fact]
    public void While_a_key_has_too_many_attempts_no_new_one_begins_and_that_is_counted()
    {
        var pattern = Of(100, Step("x", "o == 'f'"), Step("y", "o == 'ok'"));
        (pattern.MaxAttempts, pattern.Skip) = (3, SkipStrategy.ToNext);
        string[] many = [.. Enumerable.Range(0, 5).Select(i => $$"""{"s":{{i}},"k":"a","o":"f"}""")];
        Assert.Equal(3, AnalyzerRig.Run(pattern, out var shard, [.. many, """{"s":9,"k":"a","o":"ok"}"""]).Count);
        Assert.Equal(2, shard.TakeClosedEarly());
    }

    private static Pattern Of(int seconds, params PatternStep[] steps) => new() { By = ["k"], Within = TimeSpan.FromSeconds(seconds), Steps = [.. steps] };

    private static PatternStep Step(string name, string when, int? times = null, int? atLeast = null, bool not = false) =>
        new() { Name = name, When = when, Times = times, AtLeast = atLeast, Not = not };

    private static PatternStep Optional(string name, string when) => new() { Name = name, When = when, Optional = true };
}
