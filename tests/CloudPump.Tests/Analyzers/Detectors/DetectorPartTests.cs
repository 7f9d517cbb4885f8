using CloudPump.Analyzers.Detectors;

namespace CloudPump.Tests.Analyzers.Detectors;

public sealed class DetectorPartTests
{
    [Fact]
    public void A_score_is_as_rare_as_the_share_of_scores_that_were_as_large()
    {
        var tail = new TailProbability();
        for (var n = 1; n <= 999; n++)
        {
            tail.Observe(n);
        }

        // 9 of 999 were as large as 991; with itself 10 of 1,000.
        Assert.Equal(2, tail.Observe(991), 6);
        Assert.Equal(0, tail.Observe(500));
        Assert.Equal(0, tail.Observe(0));
    }

    [Fact]
    public void Beyond_the_largest_score_a_power_law_goes_on()
    {
        var tail = new TailProbability();
        var random = new Random(10);
        for (var n = 0; n < 9999; n++)
        {
            tail.Observe(Math.Pow(1 - random.NextDouble(), -0.5));
        }

        // P(S >= s) = s^-2: at 10,000 one in 10^8.
        Assert.InRange(tail.Observe(10_000), 7, 9.5);
    }

    [Fact]
    public void Scores_of_long_ago_are_forgotten()
    {
        var tail = new TailProbability();
        tail.Observe(1e6);
        for (var n = 0; n < 19_999; n++)
        {
            tail.Observe(1 + (n % 50));
        }

        Assert.True(tail.Observe(1000) > 4.4);
        tail = new TailProbability();
        tail.Observe(1e6);
        for (var n = 0; n < 9_000; n++)
        {
            tail.Observe(1 + (n % 50));
        }

        Assert.InRange(tail.Observe(1000), 3, 4);
    }

    [Fact]
    public void After_an_alarm_only_a_greater_one_counts_until_it_has_rested()
    {
        var refractory = new AlarmRefractory();
        for (var n = 0; n < 300; n++)
        {
            refractory.Observe(0);
        }

        Assert.Equal(5, refractory.Observe(5));
        Assert.Equal(0, refractory.Observe(5));
        Assert.Equal(6, refractory.Observe(6));
        // A fifteenth of the 325 values seen by then.
        for (var n = 0; n < 21; n++)
        {
            Assert.Equal(0, refractory.Observe(4));
        }

        Assert.Equal(4, refractory.Observe(4));
    }

    [Fact]
    public void The_sliding_median_is_that_of_the_sorted_values()
    {
        var window = new SlidingMedian(32);
        var random = new Random(11);
        var all = new List<double>();
        for (var n = 0; n < 2000; n++)
        {
            all.Add(random.Next(40));
            window.Learn(all[^1]);
            var last = all.TakeLast(32).Order().ToList();
            var median = last[last.Count / 2];
            Assert.Equal(median, window.Median);
            Assert.Equal(last.Select(v => Math.Abs(v - median)).Order().ElementAt(last.Count / 2), window.Deviation());
        }
    }

    [Fact]
    public void A_profile_is_the_mean_over_cycles_not_over_values()
    {
        var profile = new SeasonalProfile(TimeSpan.FromHours(24), 24);
        var hour = TimeSpan.TicksPerHour;
        Assert.Equal(double.NaN, profile.Expected(Series.Start));
        profile.Learn(Series.Start, 10);
        profile.Learn(Series.Start + 1, 20);
        profile.Learn(Series.Start + (24 * hour), 30);
        Assert.Equal(15, profile.Expected(Series.Start));
        Assert.Equal(double.NaN, profile.Expected(Series.Start + hour));
        profile.Learn(Series.Start + (25 * hour), 0);
        Assert.Equal(22.5, profile.Expected(Series.Start + (48 * hour)));
    }

    [Fact]
    public void A_pattern_is_new_though_each_of_its_values_is_known()
    {
        var pattern = new PatternNovelty();
        var usual = 0.0;
        for (var n = 0; n < 2000; n++)
        {
            var novelty = pattern.Observe(n % 4);
            usual = n > 100 ? Math.Max(usual, novelty) : usual;
        }

        Assert.Equal(0, usual);
        // Newest first 3, 3, 2, 1 instead of 3, 2, 1, 0.
        Assert.Equal(Math.Sqrt(3), pattern.Observe(3), 5);
    }

    [Fact]
    public void A_value_is_as_new_as_it_lies_outside_of_the_range()
    {
        var range = new RangeNovelty();
        for (var n = 0; n <= 20; n++)
        {
            Assert.Equal(0, range.Observe(n % 11));
        }

        Assert.Equal(0.5, range.Observe(15), 6);
        Assert.Equal(0, range.Observe(15));
        Assert.Equal(1, range.Observe(-15), 6);
    }

    [Fact]
    public void The_range_of_long_ago_is_forgotten()
    {
        var range = new RangeNovelty();
        range.Observe(100);
        for (var n = 0; n < 15_000; n++)
        {
            range.Observe(n % 11);
        }

        Assert.Equal(0, range.Observe(50));
        for (var n = 0; n < 15_000; n++)
        {
            range.Observe(n % 11);
        }

        Assert.Equal(9, range.Observe(100), 6);
    }

    [Fact]
    public void The_mean_of_small_errors_tells_a_shift()
    {
        var shift = new ShiftNovelty();
        for (var n = 0; n < 100; n++)
        {
            Assert.Equal(0, shift.Observe(n % 2 == 0 ? 1 : -1));
        }

        for (var n = 0; n < 19; n++)
        {
            shift.Observe(-0.5);
        }

        Assert.Equal(0.5, shift.Observe(-0.5), 12);
    }

    [Fact]
    public void The_band_holds_ninety_nine_of_a_hundred()
    {
        var band = new ErrorBand();
        var series = new Series(12);
        var outside = 0;
        for (var n = 0; n < 100_000; n++)
        {
            var error = series.Normal() * 3;
            outside += Math.Abs(error) > band.Bound ? 1 : 0;
            band.Learn(error);
        }

        Assert.InRange(outside, 900, 1100);
    }

    [Fact]
    public void Half_of_the_values_may_be_outliers()
    {
        var detector = Series.Detector(DetectorKind.RobustZ);
        var series = new Series(13);
        for (var n = 0; n < 2000; n++)
        {
            var found = detector.Observe(Series.Time(n), n % 5 < 2 ? 1e6 : series.Normal());
            Assert.True(n < 200 || Math.Abs(found.Expected) < 3, $"{n}: {found}");
        }
    }

    [Fact]
    public void After_a_change_of_the_level_the_new_one_is_expected_at_once()
    {
        var detector = Detector.Create(new DetectorOptions { Kind = DetectorKind.ChangePoint, HalfLife = 1000 });
        var series = new Series(17);
        Series.Judge(detector, series.Noise(3000));
        Assert.InRange(Series.Judge(detector, series.Noise(60, 15), 3000)[^1].Expected, 14, 16);
    }

    [Fact]
    public void A_single_spike_is_no_change_of_the_level()
    {
        var detector = Series.Detector(DetectorKind.ChangePoint);
        Series.Judge(detector, new Series(14).Noise(3000));
        Assert.True(detector.Observe(Series.Time(3000), 1000).Score < 12);
    }
}
