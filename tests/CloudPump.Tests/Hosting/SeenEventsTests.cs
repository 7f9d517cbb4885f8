using CloudPump.Hosting.Parcels;

namespace CloudPump.Tests.Hosting;

/// <summary>The memory of events seen, against a plain set.</summary>
public class SeenEventsTests
{
    [Fact]
    public void It_knows_what_a_set_of_positions_knows()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (seen, set) = (new SeenEvents(), new HashSet<(string, long)>());
            for (var n = 0; n < 40; n++)
            {
                var way = random.Next(2) == 0 ? "a" : "b";
                var first = random.Next(-20, 200);
                var last = first + random.Next(12);
                seen.Add(way, first, last);
                for (var p = first; p <= last; p++)
                {
                    set.Add((way, p));
                }

                seen = random.Next(5) == 0 ? SeenEvents.Load(seen.Save()) : seen;
            }

            for (var p = -30L; p < 230; p++)
            {
                Assert.Equal(set.Contains(("a", p)), seen.Contains("a", p));
                Assert.Equal(set.Contains(("b", p)), seen.Contains("b", p));
            }
        }
    }

    [Fact]
    public void An_ordered_way_is_one_stretch_up_to_its_highest()
    {
        var seen = new SeenEvents();
        seen.Add("a", long.MinValue, 7);
        seen.Add("a", long.MinValue, 3);

        Assert.True(seen.Contains("a", 7));
        Assert.True(seen.Contains("a", -1));
        Assert.False(seen.Contains("a", 8));
    }

    [Fact]
    public void The_lowest_stretches_and_the_oldest_ways_are_forgotten_first_and_nothing_new_is_taken_for_seen()
    {
        var seen = new SeenEvents();
        for (var n = 0; n < 20_000; n++)
        {
            seen.Add("a", n * 10, (n * 10) + 1);
        }

        Assert.False(seen.Contains("a", 0));
        Assert.True(seen.Contains("a", 199_991));
        Assert.False(seen.Contains("a", 199_995));
        for (var n = 0; n < 5_000; n++)
        {
            seen.Add($"way {n}", 1, 1);
        }

        Assert.False(seen.Contains("a", 199_991));
        Assert.False(seen.Contains("way 1", 1));
        Assert.True(seen.Contains("way 4999", 1));
        Assert.InRange(seen.Save().Length, 1, 60_000);
    }

    [Fact]
    public void However_much_is_seen_it_fits_into_a_row()
    {
        var seen = new SeenEvents();
        for (var n = 0; n < 60_000; n++)
        {
            seen.Add($"way {n % 1_000}", long.MaxValue / 2 + (n * 10L), long.MaxValue / 2 + (n * 10L) + 1);
        }

        Assert.InRange(seen.Save().Length, 1, 400_000);
    }

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        var saved = new SeenEvents();
        saved.Add("a", 1, 2);
        var bytes = saved.Save();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => SeenEvents.Load(bytes.AsSpan(0, length)));
        }
    }
}
