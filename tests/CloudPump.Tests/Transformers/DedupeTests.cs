using CloudPump.Hosting;
using CloudPump.Transformers;

namespace CloudPump.Tests.Transformers;

public sealed class DedupeTests
{
    private static readonly long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void A_repeat_within_the_time_leaves_and_a_later_one_stays()
    {
        var (writes, seen) = New(within: 10);
        Assert.False(seen.IsRepeat(1, 0, id: 1));
        Assert.True(seen.IsRepeat(1, 9 * Second, id: 2));
        Assert.False(seen.IsRepeat(1, 10 * Second, id: 3));
        Assert.True(seen.IsRepeat(1, 19 * Second, id: 4));
        Assert.False(seen.IsRepeat(2, 19 * Second, id: 5));
        seen.EndBatch();
        Assert.Single(writes.Take());
    }

    [Fact]
    public void An_event_that_is_delivered_again_is_no_repeat_of_itself()
    {
        var (_, seen) = New(within: 10);
        Assert.False(seen.IsRepeat(1, 0, id: 1));
        Assert.False(seen.IsRepeat(1, 20 * Second, id: 2));
        Assert.False(seen.IsRepeat(1, 0, id: 1));
        Assert.False(seen.IsRepeat(1, 20 * Second, id: 2));
        Assert.True(seen.IsRepeat(1, 21 * Second, id: 3));
    }

    [Fact]
    public async Task Any_stop_and_redelivery_gives_the_same_results_and_the_memory_stays_small()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var events = Enumerable.Range(0, 300).Select(i => (Key: (ulong)random.Next(40), Time: i * Second / 2, Id: (ulong)i)).ToList();
            var expected = Passed(events, New(within: 15).Seen);

            var tables = new MemoryTables();
            var (writes, seen) = New(within: 15);
            var (position, committed, passed, mark) = (0, 0, new HashSet<ulong>(), 0L);
            while (position < events.Count)
            {
                var end = Math.Min(position + random.Next(1, 30), events.Count);
                Passed(events[position..end], seen).ForEach(id => passed.Add(id));
                seen.EndBatch();
                position = end;

                // Either tables and position are written as one, now and then, or one after the other, with every batch.
                switch (seed % 2 == 0 ? random.Next(3) : random.Next(1, 4))
                {
                    case 0:
                        break;
                    case 1:
                        // What was remembered since the last commit is gone, and so is the position.
                        (writes, seen) = New(within: 15);
                        await seen.LoadAsync(tables, mark, TestContext.Current.CancellationToken);
                        position = committed;
                        break;
                    case 3:
                        // The tables were written, and then the position was not.
                        await tables.SetAsync(writes.Take(), TestContext.Current.CancellationToken);
                        (writes, seen) = New(within: 15);
                        await seen.LoadAsync(tables, mark, TestContext.Current.CancellationToken);
                        position = committed;
                        break;
                    default:
                        await tables.SetAsync(writes.Take(), TestContext.Current.CancellationToken);
                        (committed, mark) = (position, seen.Next);
                        break;
                }
            }

            Assert.True(expected.ToHashSet().SetEquals(passed), $"seed {seed}");
            Assert.True(seen.Count <= 40);
        }
    }

    [Fact]
    public void No_more_keys_than_allowed_are_remembered_by_much()
    {
        var (writes, seen) = New(within: 1_000_000, most: 100);
        for (var i = 0; i < 10_000; i++)
        {
            seen.IsRepeat((ulong)i, i, (ulong)i);
            if (i % 10 == 0)
            {
                seen.EndBatch();
            }
        }

        Assert.InRange(seen.Count, 90, 120);
        Assert.InRange(writes.Take().Count(w => w.Value is not null), 9, 12);
    }

    [Fact]
    public async Task A_run_that_goes_on_knows_the_keys_of_the_one_before()
    {
        using var cli = new Cli.CliRun();
        var pipeline = cli.File("p.yaml", "pipeline: p\nprocessors: [{parse: json}, {dedupe: {by: [k, o.x], within: 1d}}]\nsink: {'null': {}}\n");
        var data = Path.Combine(cli.Folder, "data");
        var first = cli.File("a", """{"k":1,"o":{"x":1},"n":1}""" + "\n" + """{"k":1,"o":{"x":1},"n":2}""" + "\n" + """{"k":1,"n":3}""" + "\n");
        var second = cli.File("b", """{"k":1,"n":4}""" + "\n" + """{"k":1,"o":{"x":1},"n":5}""" + "\n" + """{"k":2,"n":6}""" + "\n");
        Assert.Equal(0, await cli.RunAsync("run", pipeline, "--input", first, "--data", data, "--output", "-"));
        Assert.Equal([1, 3], Numbers());
        Assert.Equal(0, await cli.RunAsync("run", pipeline, "--input", second, "--data", data, "--output", "-"));
        Assert.Equal([6], Numbers());

        IEnumerable<int> Numbers() => cli.Bytes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => System.Text.Json.Nodes.JsonNode.Parse(l)!["n"]!.GetValue<int>());
    }

    private static (PendingWrites Writes, SeenKeys Seen) New(int within, int most = 1_000)
    {
        var writes = new PendingWrites();
        return (writes, new SeenKeys("memory", within * Second, most, writes));
    }

    private static List<ulong> Passed(List<(ulong Key, long Time, ulong Id)> events, SeenKeys seen) =>
        [.. events.Where(e => !seen.IsRepeat(e.Key, e.Time, e.Id)).Select(e => e.Id)];
}
