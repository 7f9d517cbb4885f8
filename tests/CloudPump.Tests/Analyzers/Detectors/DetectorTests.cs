using CloudPump.Analyzers.Detectors;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers.Detectors;

public sealed class DetectorTests
{
    public static readonly TheoryData<DetectorKind> Kinds = [.. Enum.GetValues<DetectorKind>()];

    [Theory]
    [InlineData(DetectorKind.Auto)]
    [InlineData(DetectorKind.Ewma)]
    [InlineData(DetectorKind.RobustZ)]
    [InlineData(DetectorKind.Seasonal)]
    public void A_spike_is_found(DetectorKind kind)
    {
        var detector = Series.Detector(kind);
        Series.Judge(detector, new Series(1).Noise(3000));
        var spike = detector.Observe(Series.Time(3000), 25);
        Assert.True(spike.Probability > 0.999, $"{spike}");
        Assert.InRange(spike.Expected, 9, 11);
        Assert.InRange(spike.Lower, 5, 8.5);
        Assert.InRange(spike.Upper, 11.5, 15);
    }

    [Theory]
    [InlineData(DetectorKind.Auto, 3)]
    [InlineData(DetectorKind.ChangePoint, 2)]
    public void A_shift_of_the_level_is_found_though_each_value_is_possible(DetectorKind kind, double shift)
    {
        var detector = Series.Detector(kind);
        var series = new Series(2);
        var before = Series.Judge(detector, series.Noise(3000));
        var after = Series.Judge(detector, series.Noise(30, 10 + shift), 3000);
        Assert.DoesNotContain(before.Skip(2900), d => d.Probability > 0.999);
        Assert.Contains(after, d => d.Probability > 0.999);
    }

    [Theory]
    [InlineData(DetectorKind.Auto)]
    [InlineData(DetectorKind.Seasonal)]
    public void A_day_that_stays_out_is_found_though_each_value_is_usual(DetectorKind kind)
    {
        var detector = Series.Detector(kind);
        var series = new Series(3);
        var days = Series.Judge(detector, series.Days(10));
        var missed = Series.Judge(detector, series.Noise(288, 0, 0.5), 2880);
        Assert.DoesNotContain(days.Skip(2592), d => d.Probability > 0.9999);
        Assert.Contains(missed.Take(144), d => d.Probability > 0.9999);
        Assert.InRange(missed[72].Expected, 1, 12);
    }

    [Fact]
    public void A_new_level_becomes_usual()
    {
        var detector = Series.Detector(DetectorKind.Auto);
        var series = new Series(15);
        Series.Judge(detector, series.Noise(5000));
        var after = Series.Judge(detector, series.Noise(4000, 50), 5000);
        Assert.True(after[0].Probability > 0.999);
        Assert.InRange(after.Count(d => d.Probability > 0.999), 1, 12);
        Assert.InRange(after[1500].Expected, 48, 52);
        Assert.DoesNotContain(after.Skip(1000), d => d.Probability > 0.999);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Detector.Create(new DetectorOptions { Period = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Detector.Create(new DetectorOptions { HalfLife = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Detector.Create(new DetectorOptions { HalfLife = 0.5 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Detector.Create(new DetectorOptions { Kind = (DetectorKind)9 }));
    }

    [Fact]
    public void The_period_is_that_of_the_options()
    {
        // Every 70 minutes a value of 20, which no day and no week knows.
        var values = new Series(16).Noise(14 * 400, 0, 0.5).Select((value, n) => value + (n % 14 == 0 ? 20 : 0)).ToList();
        var detector = Detector.Create(new DetectorOptions { Kind = DetectorKind.Seasonal, Period = TimeSpan.FromMinutes(70) });
        Assert.InRange(Series.Judge(detector, values)[^14].Expected, 19, 21);
        detector = Detector.Create(new DetectorOptions { Period = TimeSpan.FromMinutes(70) });
        Assert.InRange(Series.Judge(detector, values)[^14].Expected, 19, 21);
        Assert.InRange(Series.Judge(Series.Detector(DetectorKind.Auto), values)[^14].Expected, -5, 15);
    }

    [Fact]
    public void A_constant_series_is_quiet_and_its_first_other_value_is_found()
    {
        foreach (var kind in Kinds.Select(k => k.Data).Where(k => k is not DetectorKind.ChangePoint))
        {
            var detector = Series.Detector(kind);
            Assert.All(Series.Judge(detector, Enumerable.Repeat(7.0, 2000)), d => Assert.Equal(0, d.Probability));
            Assert.True(detector.Observe(Series.Time(2000), 7.5).Probability > 0.99, $"{kind}");
        }
    }

    [Theory]
    [InlineData(DetectorKind.Auto, 0.1, 1)]
    [InlineData(DetectorKind.Ewma, 0.7, 1.3)]
    [InlineData(DetectorKind.RobustZ, 0.7, 1.3)]
    [InlineData(DetectorKind.Seasonal, 0.7, 1.3)]
    [InlineData(DetectorKind.ChangePoint, 0.5, 1.5)]
    public void The_share_of_false_alarms_is_what_the_probability_says(DetectorKind kind, double least, double most)
    {
        foreach (Func<double, double> shape in new Func<double, double>[] { x => x, Math.Exp, x => Math.Round(3 * x) })
        {
            var found = Series.Judge(Series.Detector(kind), new Series(4).Noise(60_000, 0).Select(shape)).Skip(5000).ToList();
            foreach (var probability in new[] { 0.99, 0.999 })
            {
                var share = found.Count(d => d.Probability >= probability) / (double)found.Count;
                Assert.InRange(share / (1 - probability), least * 0.5, most * 1.2);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_no_finite_number_changes_nothing(DetectorKind kind)
    {
        var (with, without) = (Series.Detector(kind), Series.Detector(kind));
        foreach (var n in Enumerable.Range(0, 2000))
        {
            foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            {
                var ignored = with.Observe(Series.Time(n), value);
                Assert.Equal((0, 0), (ignored.Score, ignored.Probability));
            }

            var value2 = Math.Sin(n * n);
            var expected = without.Observe(Series.Time(n), value2);
            Assert.Equal(with.Observe(Series.Time(n), double.NaN).Expected, expected.Expected);
            Assert.Equal(expected, with.Observe(Series.Time(n), value2));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_first_value_is_what_was_expected(DetectorKind kind)
    {
        Assert.Equal(new Detection(0, 42, 42, 42, 0), Series.Detector(kind).Observe(Series.Start, 42));
        Assert.Equal(default, Series.Detector(kind).Observe(Series.Start, double.NaN));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_judgement_is_finite_whatever_comes(DetectorKind kind)
    {
        var random = new Random(5);
        var detector = Series.Detector(kind);
        var time = 0L;
        for (var n = 0; n < 20_000; n++)
        {
            time = random.Next(4) == 0 ? time : Math.Min(time + random.NextInt64(1L << random.Next(1, 50)), DateTime.MaxValue.Ticks);
            var d = detector.Observe(time, (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-1074, 1024)));
            Assert.True(double.IsFinite(d.Score) && double.IsFinite(d.Expected) && double.IsFinite(d.Lower) && double.IsFinite(d.Upper), $"{d}");
            Assert.InRange(d.Probability, 0, 1);
            Assert.True(d.Lower <= d.Expected && d.Expected <= d.Upper, $"{d}");
        }
    }

    [Theory]
    [InlineData(DetectorKind.Auto, 12 * 1024)]
    [InlineData(DetectorKind.Ewma, 1024)]
    [InlineData(DetectorKind.RobustZ, 2 * 1024)]
    [InlineData(DetectorKind.Seasonal, 3 * 1024)]
    [InlineData(DetectorKind.ChangePoint, 1024)]
    public void A_million_values_need_no_more_state_than_one(DetectorKind kind, int limit)
    {
        var detector = Series.Detector(kind);
        var series = new Series(6);
        var size = 0;
        for (var n = 0; n < 1_000_000; n++)
        {
            detector.Observe(Series.Time(n), n % 16 == 0 ? series.Normal() : n % 17);
            size = n == 0 ? Saved(detector).Length : size;
        }

        Assert.Equal(size, Saved(detector).Length);
        Assert.InRange(size, 1, limit);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_cost_no_memory(DetectorKind kind)
    {
        var detector = Series.Detector(kind);
        var values = new Series(7).Noise(51_000).ToArray();
        var before = 0L;
        for (var n = 0; n < values.Length; n++)
        {
            before = n == 1000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            detector.Observe(Series.Time(n), values[n]);
        }

        // Not a byte per value; what the runtime itself takes when a path is first gone is let pass.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    private static byte[] Saved(Detector detector)
    {
        var buffer = new ByteBuffer();
        detector.Save(buffer);
        return buffer.Written.ToArray();
    }
}
