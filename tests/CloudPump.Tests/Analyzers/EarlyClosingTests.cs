using System.Text.Json.Nodes;
using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>More keys than a shard may keep: windows are told in parts, and the parts come to the whole.</summary>
public sealed class EarlyClosingTests
{
    [Fact]
    public void The_keys_with_the_fewest_events_of_the_oldest_window_are_told_and_what_follows_is_marked_too()
    {
        var window = Window(2);
        window.Lateness = TimeSpan.FromSeconds(99);
        var feed = new AnalyzerFeed(window);
        Assert.Equal(
            ["{'window_start':0,'window_end':10,'k':'b','n':1,'total':5,'partial':true}"],
            feed.Add(AnalyzerRig.Event(1), AnalyzerRig.Event(2), AnalyzerRig.Event(1, "b", 5), AnalyzerRig.Event(11, "c")));
        Assert.Equal(1, feed.Shard.TakeClosedEarly());
        feed.Restart();
        Assert.Equal(
            [
                "{'window_start':0,'window_end':10,'k':'b','n':1,'total':7,'partial':true}",
                "{'window_start':0,'window_end':10,'k':'a','n':2,'total':2}",
                "{'window_start':10,'window_end':20,'k':'c','n':1,'total':1}",
            ],
            [.. feed.Add(AnalyzerRig.Event(3, "b", 7)), .. feed.End()]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_parts_of_a_window_add_up_and_none_passes_for_the_whole(bool hopping)
    {
        var (partial, whole) = (0, 0);
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var window = Window(random.Next(1, 12));
            window.Every = hopping ? TimeSpan.FromSeconds(random.Next(1, 11)) : null;
            window.Lateness = TimeSpan.FromSeconds(random.Next(30));
            var events = Enumerable.Range(0, random.Next(60)).Select(i => (Time: 20 + i + random.Next(-12, 3), Key: $"k{random.Next(8)}", Value: random.Next(100))).ToList();
            var (results, model) = (Results(random, window, events), Whole(window, events));
            foreach (var (key, parts) in results.ToLookup(r => (r.Start, r.Key)).Select(g => (g.Key, g.ToList())))
            {
                Assert.True(model.Remove(key, out var sums) && sums == (parts.Sum(p => p.Count), parts.Sum(p => p.Total)), $"seed {seed}: the parts of {key} are not {sums}");
                Assert.True(parts.TrueForAll(p => p.IsPartial || p.Count == sums.Count), $"seed {seed}: {key} has a part that passes for the whole");
                (partial, whole) = (partial + (parts.Count > 1 ? 1 : 0), whole + (parts.TrueForAll(p => !p.IsPartial) ? 1 : 0));
            }

            Assert.True(model.Count == 0, $"seed {seed}: nothing told of {model.Keys.FirstOrDefault()}");
        }

        Assert.True(partial > 500 && whole > 500, $"{partial} windows in parts, {whole} whole ones: too little to see a fault.");
    }

    private static TimeWindow Window(int maxKeys) =>
        new() { Size = TimeSpan.FromSeconds(10), By = ["k"], MaxKeys = maxKeys, Measures = AnalyzerRig.Measures("n = count()", "total = sum(v)") };

    private static List<(int Start, string Key, int Count, int Total, bool IsPartial)> Results(Random random, TimeWindow window, List<(int Time, string Key, int Value)> events)
    {
        var (feed, results) = (new AnalyzerFeed(window), new List<string>());
        foreach (var piece in events.Chunk(random.Next(1, 20)))
        {
            results.AddRange(feed.Add([.. piece.Select(e => AnalyzerRig.Event(e.Time, e.Key, e.Value))]));
            if (random.Next(4) == 0)
            {
                feed.Restart();
            }
        }

        return [.. results.Concat(feed.End()).Select(r => JsonNode.Parse(r.Replace('\'', '"'))!)
            .Select(r => ((int)(double)r["window_start"]!, r["k"]!.ToString(), (int)r["n"]!, (int)r["total"]!, r["partial"] is not null))];
    }

    private static Dictionary<(int Start, string Key), (int Count, int Total)> Whole(TimeWindow window, List<(int Time, string Key, int Value)> events)
    {
        var (whole, top) = (new Dictionary<(int, string), (int Count, int Total)>(), int.MinValue);
        var (every, epoch) = ((int)(window.Every ?? window.Size).TotalSeconds, AnalyzerRig.Ticks(0) / TimeSpan.TicksPerSecond);
        foreach (var (time, key, value) in events.Where(e => e.Time >= top - (long)window.Lateness.TotalSeconds))
        {
            top = Math.Max(top, time);
            for (var start = time - (int)((epoch + time) % every); start > time - 10; start -= every)
            {
                var (count, total) = whole.GetValueOrDefault((start, key));
                whole[(start, key)] = (count + 1, total + value);
            }
        }

        return whole;
    }
}
