using CloudPump.Analyzers.Measures;
using CloudPump.Expressions;

namespace CloudPump.Tests.Analyzers;

/// <summary>The errors that the reference states.</summary>
public sealed class AccuracyTests
{
    [Fact]
    public void Distinct_is_exact_for_few_values_and_within_its_standard_error_beyond()
    {
        var errors = new List<double>();
        foreach (var count in new[] { 1, 100, 256, 257, 300, 1_000, 3_000, 5_000, 10_000, 12_000, 20_000, 50_000, 100_000 })
        {
            for (var seed = 0; seed < 6; seed++)
            {
                var column = MeasureRig.Column("distinct(x)");
                for (var n = 0; n < count; n++)
                {
                    column.AddInteger(0, (seed * 1_000_003L) + n);
                }

                var error = (MeasureRig.Slot(column).Value - count) / (double)count;
                Assert.True(count > 256 ? Math.Abs(error) < 5 * 0.01625 : error == 0, $"{count}: {error:p2}");
                errors.Add(count > 256 ? error : 0);
            }
        }

        var large = errors.Where(e => e != 0).ToArray();
        Assert.True(Math.Sqrt(large.Average(e => e * e)) < 0.018, "standard error");
        Assert.True(Math.Abs(large.Average()) < 0.006, "bias");
    }

    [Fact]
    public void A_percentile_is_within_one_percent_whatever_the_distribution()
    {
        var random = new Random(11);
        Func<double>[] distributions =
        [
            random.NextDouble, () => random.NextDouble() - 0.5, () => -1 / random.NextDouble(), () => Math.Exp(4 * Gauss(random)), () => Gauss(random) * 1e-3,
            () => random.Next(3) - 1, () => random.Next(1_000_000), () => Math.Pow(2, random.Next(-60, 60)), () => random.Next(5) == 0 ? -1e-310 : 4096,
        ];
        foreach (var distribution in distributions)
        {
            var values = Enumerable.Range(0, 20_000).Select(_ => distribution()).Order().ToArray();
            foreach (var percent in new[] { 0, 1, 25, 50, 75, 90, 99, 99.9, 100 })
            {
                var column = MeasureRig.Column(FormattableString.Invariant($"percentile(x, {percent})"));
                MeasureRig.Add(column, values.Select(v => (Value.Of(v), default(CloudPump.Analyzers.EventStamp))));
                var exact = values[(int)Math.Floor(percent / 100.0 * (values.Length - 1))];
                Assert.InRange(Math.Abs(MeasureRig.Slot(column).AsDouble - exact), 0, (Math.Abs(exact) * 0.0100001) + 2.3e-308);
            }
        }
    }

    [Fact]
    public void Every_number_is_within_one_percent_of_its_buckets_middle_and_buckets_rank_as_numbers_do()
    {
        var random = new Random(12);
        var before = (Value: double.NegativeInfinity, Bucket: BucketMapping.Of(double.NegativeInfinity));
        var edges = Enumerable.Range(-1022, 2046).SelectMany(e => new[] { Math.ScaleB(1, e), Math.BitDecrement(Math.ScaleB(1, e)), -Math.ScaleB(1, e) });
        var values = Enumerable.Range(0, 200_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
        foreach (var value in values.Concat(edges).Append(double.MaxValue).Append(double.PositiveInfinity).Where(v => !double.IsNaN(v)).Order())
        {
            var bucket = BucketMapping.Of(value);
            Assert.True(bucket >= before.Bucket, $"{before} {value} {bucket}");
            before = (value, bucket);
            var middle = BucketMapping.Middle(bucket);
            Assert.True(middle == value || Math.Abs(middle - value) <= (Math.Abs(value) * 0.0100001) + 2.3e-308, $"{value} {middle}");
        }
    }

    [Fact]
    public void Below_the_highest_buckets_percentiles_are_of_the_lowest_kept_one()
    {
        // Each in a bucket of its own: 3,000 powers of 1.03.
        var values = Enumerable.Range(0, 3_000).Select(n => Math.Pow(1.03, n)).ToArray();
        var low = MeasureRig.Result("percentile(x, 10)", [.. values.Select(v => (Value.Of(v), default(CloudPump.Analyzers.EventStamp)))]);
        Assert.Equal(low, MeasureRig.Result("percentile(x, 0)", [.. values.Select(v => (Value.Of(v), default(CloudPump.Analyzers.EventStamp)))]));
        Assert.InRange(double.Parse(low.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), values[952] * 0.99, values[952] * 1.01);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(5000)]
    public void Which_bucket_comes_last_does_not_matter_when_all_places_are_taken(int bucket)
    {
        int[] others = [.. Enumerable.Range(1, QuantileSketch.Limit).Select(n => 2 * n)];
        Assert.Equal(Written([bucket, .. others]), Written([.. others, bucket]));
        Assert.Equal(Written([bucket, .. others]), Written([.. others.Reverse(), bucket]));
    }

    [Fact]
    public void Which_values_top_keeps_depends_on_priorities_alone()
    {
        var random = new Random(15);
        var values = Enumerable.Range(0, 50_000).Select(n => (Key: BitConverter.GetBytes(n % 40_000), Priority: (ulong)random.NextInt64())).ToArray();
        var least = values.GroupBy(v => BitConverter.ToInt32(v.Key)).OrderBy(g => g.Min(v => v.Priority)).Take(10_000).Select(g => g.Key).Order().ToArray();
        for (var round = 0; round < 3; round++)
        {
            random.Shuffle(values);
            var (all, part) = (new TopValues(), new TopValues());
            Array.ForEach(values[..20_000], v => all.Add(v.Key, 1, v.Priority));
            Array.ForEach(values[20_000..], v => part.Add(v.Key, 1, v.Priority));
            var output = new CloudPump.Events.ByteBuffer();
            part.Write(output);
            var reader = new CloudPump.Events.ByteReader(output.Written);
            all.Merge(ref reader);
            Assert.Equal(least, all.Most(int.MaxValue).Select(v => BitConverter.ToInt32(v.Key)).Order());
        }
    }

    [Fact]
    public void Top_finds_what_is_frequent_among_very_many_values()
    {
        var random = new Random(13);
        var column = MeasureRig.Column("top(x, 4)");
        var exact = new long[4];
        for (var n = 0; n < 200_000; n++)
        {
            var often = Array.FindIndex([0.02, 0.03, 0.04, 0.05], share => random.NextDouble() < share);
            exact[Math.Max(often, 0)] += often < 0 ? 0 : 1;
            MeasureRig.Add(column, [(Value.Of(often < 0 ? $"rare {random.Next(1 << 20)}" : $"usual {often}"), MeasureRig.Stamp(n, n))]);
        }

        var found = System.Text.Json.Nodes.JsonNode.Parse(MeasureRig.Text(column, 0)["List ".Length..])!.AsArray();
        var expected = exact.Select((c, n) => (Count: c, Value: $"usual {n}")).OrderByDescending(e => e.Count).ToArray();
        Assert.Equal(expected.Select(e => e.Value), found.Select(f => (string)f!["value"]!));
        Assert.All(found.Zip(expected), p => Assert.InRange((long)p.First!["count"]!, p.Second.Count, p.Second.Count + 67));
    }

    [Fact]
    public void A_standard_deviation_is_the_exact_one_rounded()
    {
        var random = new Random(14);
        for (var round = 0; round < 300; round++)
        {
            var values = Enumerable.Range(0, random.Next(2, 30)).Select(_ => (1 << 30) + random.Next(1 << random.Next(1, 31))).ToArray();
            var mean = values.Sum(v => (decimal)v) / values.Length;
            var expected = Math.Sqrt((double)(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1)));
            foreach (var scale in new[] { 1.0, 0.0625 })
            {
                var column = MeasureRig.Column("stddev(x)");
                MeasureRig.Add(column, values.Select(v => (scale == 1 && (v & 1) == 0 ? Value.Of((long)v) : Value.Of(v * scale), default(CloudPump.Analyzers.EventStamp))));
                Assert.Equal(expected * scale, MeasureRig.Slot(column).AsDouble, expected * scale * 3e-16);
            }
        }
    }

    private static byte[] Written(int[] buckets)
    {
        var sketch = new QuantileSketch();
        Array.ForEach(buckets, b => sketch.Add(b, 1));
        var output = new CloudPump.Events.ByteBuffer();
        sketch.Write(output);
        return output.Written.ToArray();
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
