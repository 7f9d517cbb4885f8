using CloudPump.Analyzers;

namespace CloudPump.Tests.Analyzers;

public sealed class HoppingAndSlidingTests
{
    [Theory]
    [InlineData(10, "0..10:1")]
    [InlineData(5, "-5..5:1", "0..10:1")]
    [InlineData(4, "-8..2:1", "-4..6:1", "0..10:1")]
    [InlineData(3, "-9..1:1", "-6..4:1", "-3..7:1", "0..10:1")]
    public void An_event_at_a_windows_start_is_in_it_and_at_its_end_no_more(int every, params string[] expected) =>
        Assert.Equal(expected, Windows(new TimeWindow { Every = TimeSpan.FromSeconds(every) }, 0));

    [Fact]
    public void Hopping_windows_overlap_and_those_without_events_are_not_told() => Assert.Equal(
        ["-5..5:1", "0..10:2", "5..15:2", "10..20:1", "40..50:1", "45..55:1"], Windows(new TimeWindow { Every = TimeSpan.FromSeconds(5) }, 4, 9, 14, 49));

    [Fact]
    public void An_event_leaves_a_sliding_window_when_it_is_as_old_as_the_window_is_long() =>
        Assert.Equal(["-10..0:1", "-6..4:2", "0..10:2", "4..14:1"], Windows(new TimeWindow { Sliding = true }, 0, 4, 10));

    [Fact]
    public void Events_of_one_time_change_a_sliding_window_once() =>
        Assert.Equal(["-7..3:2", "-5..5:3", "3..13:1"], Windows(new TimeWindow { Sliding = true }, 3, 3, 5));

    [Fact]
    public void A_sliding_window_is_told_as_soon_as_the_watermark_has_passed_its_end()
    {
        var window = Of(new TimeWindow { Sliding = true });
        window.Lateness = TimeSpan.FromSeconds(2);
        var feed = new AnalyzerFeed(window);
        Assert.Empty(feed.Add(AnalyzerRig.Event(1), AnalyzerRig.Event(3)));
        Assert.Equal(["{'window_start':-9,'window_end':1,'k':'a','n':1}"], feed.Add(AnalyzerRig.Event(4)));
        Assert.Equal(2, feed.Add(AnalyzerRig.Event(3), AnalyzerRig.Event(7)).Count);
    }

    private static IEnumerable<string> Windows(TimeWindow window, params int[] seconds) =>
        AnalyzerRig.Run(Of(window), [.. seconds.Select(s => AnalyzerRig.Event(s))])
            .Select(r => r.Replace("{'window_start':", "").Replace(",'window_end':", "..").Replace(",'k':'a','n':", ":").TrimEnd('}'));

    private static TimeWindow Of(TimeWindow window)
    {
        (window.Size, window.By, window.Measures) = (TimeSpan.FromSeconds(10), ["k"], AnalyzerRig.Measures("n = count()"));
        return window;
    }
}
