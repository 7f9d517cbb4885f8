using CloudPump.Analyzers.Detectors;
using CloudPump.Events;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPump.Tests.Analyzers.Detectors;

public sealed class DetectorStateTests
{
    [Fact]
    public void Going_on_from_a_saved_state_gives_the_same_bits()
    {
        var kinds = Gen.Elements(Enum.GetValues<DetectorKind>());
        var steps = Gen.Choose(0, 30).Select(minutes => minutes * TimeSpan.TicksPerMinute);
        var values = Gen.Frequency((8, Gen.Choose(-50, 50).Select(n => n / 4.0)), (1, Gen.Elements(1e9, -1e300, double.NaN, -0.0)));
        var rows = Gen.Zip(steps, values).ArrayOf(400);
        var cases = Gen.Zip(kinds, Gen.Zip(rows, Gen.Choose(0, 400)));
        Check.One(Config.QuickThrowOnFailure.WithReplay(1, 1).WithMaxTest(60), Prop.ForAll(cases.ToArbitrary(), c => Same(c.Item1, c.Item2.Item1, c.Item2.Item2)));
    }

    [Fact]
    public void Also_after_a_long_time()
    {
        var random = new Random(8);
        foreach (var kind in Enum.GetValues<DetectorKind>())
        {
            Assert.True(Same(kind, [.. Enumerable.Range(0, 25_000).Select(_ => (TimeSpan.TicksPerMinute, random.NextDouble() * random.Next(20)))], 21_000));
        }
    }

    [Fact]
    public void A_state_leaves_what_follows_it()
    {
        var buffer = new ByteBuffer();
        foreach (var kind in Enum.GetValues<DetectorKind>())
        {
            Series.Detector(kind).Save(buffer);
        }

        buffer.WriteVarint(42);
        var reader = new ByteReader(buffer.Written);
        foreach (var kind in Enum.GetValues<DetectorKind>())
        {
            Series.Detector(kind).Load(ref reader);
        }

        Assert.Equal(42UL, reader.Varint());
    }

    [Fact]
    public void A_state_begins_with_its_version_and_another_one_is_refused()
    {
        var state = State(DetectorKind.Ewma);
        Assert.Equal(1, state[0]);
        state[0] = 2;
        Assert.Contains("version", Refused(DetectorKind.Ewma, state).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_of_another_detector_is_refused()
    {
        Assert.Contains("another detector", Refused(DetectorKind.ChangePoint, State(DetectorKind.Ewma)).Message, StringComparison.Ordinal);
        var weekly = Detector.Create(new DetectorOptions { Kind = DetectorKind.Seasonal, Period = TimeSpan.FromDays(7) });
        Assert.Throws<InvalidDataException>(() => Load(weekly, State(DetectorKind.Seasonal)));
    }

    [Theory]
    [InlineData(DetectorKind.Auto)]
    [InlineData(DetectorKind.Ewma)]
    [InlineData(DetectorKind.RobustZ)]
    [InlineData(DetectorKind.Seasonal)]
    [InlineData(DetectorKind.ChangePoint)]
    public void A_damaged_or_cut_state_is_refused(DetectorKind kind)
    {
        var state = State(kind);
        Refused(kind, state[..^1]);
        Refused(kind, []);
        for (var i = 1; i < state.Length; i += 7)
        {
            var damaged = (byte[])state.Clone();
            damaged[i] ^= (byte)(1 << (i % 8));
            Refused(kind, damaged);
        }
    }

    private static bool Same(DetectorKind kind, (long Step, double Value)[] rows, int cut)
    {
        var (whole, first, second) = (Series.Detector(kind), Series.Detector(kind), Series.Detector(kind));
        var time = Series.Start;
        for (var i = 0; i < rows.Length; i++)
        {
            time += rows[i].Step;
            if (i == cut)
            {
                // Into a detector that has seen something else.
                Series.Judge(second, [1, 2, 3]);
                Load(second, Saved(first));
            }

            var expected = whole.Observe(time, rows[i].Value);
            var found = (i < cut ? first : second).Observe(time, rows[i].Value);
            if (Bits(expected) != Bits(found))
            {
                return false;
            }
        }

        return cut >= rows.Length || Saved(whole).AsSpan().SequenceEqual(Saved(second));
    }

    private static (long Score, long Expected, long Lower, long Upper, long Probability) Bits(Detection d) =>
        (BitConverter.DoubleToInt64Bits(d.Score), BitConverter.DoubleToInt64Bits(d.Expected), BitConverter.DoubleToInt64Bits(d.Lower),
            BitConverter.DoubleToInt64Bits(d.Upper), BitConverter.DoubleToInt64Bits(d.Probability));

    private static byte[] State(DetectorKind kind)
    {
        var detector = Series.Detector(kind);
        Series.Judge(detector, new Series(9).Noise(700));
        return Saved(detector);
    }

    private static byte[] Saved(Detector detector)
    {
        var buffer = new ByteBuffer();
        detector.Save(buffer);
        return buffer.Written.ToArray();
    }

    private static InvalidDataException Refused(DetectorKind kind, byte[] state) => Assert.Throws<InvalidDataException>(() => Load(Series.Detector(kind), state));

    private static void Load(Detector detector, byte[] state)
    {
        var reader = new ByteReader(state);
        detector.Load(ref reader);
    }
}
