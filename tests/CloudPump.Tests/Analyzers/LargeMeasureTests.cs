using CloudPump.Analyzers.Measures;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Analyzers;

/// <summary>Many values: where small states give way to large ones, the order must still not matter, and groups must be usable again.</summary>
public sealed class LargeMeasureTests
{
    public static TheoryData<string, int, int> Cases => new()
    {
        { "sum(x)", 3_000, 40 },
        { "stddev(x)", 3_000, 40 },
        { "distinct(x)", 255, 0 },
        { "distinct(x)", 257, 0 },
        { "distinct(x)", 20_000, 0 },
        { "percentile(x, 1)", 20_000, 300 },
        { "percentile(x, 99)", 20_000, 300 },
        { "top(x, 5)", 9_000, 0 },
        { "top(x, 5)", 30_000, 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Neither_order_nor_merging_changes_the_result(string call, int count, int decades)
    {
        var random = new Random(count);
        for (var round = 0; round < 4; round++)
        {
            var values = Enumerable.Range(0, count).Select(n => (Wide(random, decades, n), MeasureRig.Stamp(random.Next(100), n))).ToArray();
            var expected = MeasureRig.Result(call, values);
            random.Shuffle(values);
            var (one, two) = (random.Next(count), random.Next(count));
            var (low, high) = (Math.Min(one, two), Math.Max(one, two));
            Assert.Equal(expected, MeasureRig.Result(call, values));
            Assert.Equal(expected, MeasureRig.Result(call, values[high..], values[..low], values[low..high]));
            Assert.Equal(expected, MeasureRig.Result(call, [.. values.Chunk(997)]));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_group_is_as_new_when_it_is_added_again(string call, int count, int decades)
    {
        var random = new Random(7);
        var column = MeasureRig.Column(call);
        var empty = MeasureRig.Text(column, 0);
        for (var round = 0; round < 3; round++)
        {
            var values = Enumerable.Range(0, count >> round).Select(n => (Wide(random, decades, n), MeasureRig.Stamp(n, n))).ToArray();
            column.AddGroup(0);
            Assert.Equal(empty, MeasureRig.Text(column, 0));
            MeasureRig.Add(column, values);
            Assert.Equal(MeasureRig.Result(call, values), MeasureRig.Text(column, 0));
        }
    }

    [Fact]
    public void Groups_beyond_the_first_block_are_apart()
    {
        foreach (var call in MeasureCall.Names.Where(n => n != "ratio").Select(n => n is "percentile" or "top" ? $"{n}(x, 50)" : $"{n}(x)"))
        {
            var column = MeasureRig.Column(call);
            for (var group = 0; group < 10_000; group++)
            {
                column.AddGroup(group);
                MeasureRig.Add(column, [(Value.Of(group % 7), MeasureRig.Stamp(1, group)), (Value.Of((group % 7) + 2.0), MeasureRig.Stamp(2, group))], group);
            }

            for (var group = 7; group < 10_000; group += 613)
            {
                Assert.Equal(MeasureRig.Text(column, group % 7), MeasureRig.Text(column, group));
            }
        }
    }

    [Fact]
    public void A_damaged_state_is_refused_or_read_but_never_worse()
    {
        var random = new Random(5);
        foreach (var (call, count) in new[] { ("sum(x)", 9), ("stddev(x)", 9), ("last(x)", 9), ("distinct(x)", 9), ("distinct(x)", 300), ("median(x)", 90), ("top(x, 3)", 20) })
        {
            var column = MeasureRig.Column(call);
            MeasureRig.Add(column, Enumerable.Range(0, count).Select(n => (Wide(random, 20, n), MeasureRig.Stamp(n, n))));
            var output = new ByteBuffer();
            column.Write(0, output);
            for (var i = 0; i < 300; i++)
            {
                var bytes = output.Written[..random.Next(output.Length)].ToArray();
                if (bytes.Length > 0)
                {
                    bytes[random.Next(bytes.Length)] ^= (byte)random.Next(256);
                }

                Assert.True(Record.Exception(() => Read(call, bytes)) is null or InvalidDataException);
            }
        }
    }

    private static void Read(string call, byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        MeasureRig.Column(call).Merge(0, ref reader);
    }

    // Integers and doubles over many decades; without decades, texts of which a few come often.
    private static Value Wide(Random random, int decades, int number) => decades > 0
        ? (number & 3) == 0 ? Value.Of(random.NextInt64(-1L << random.Next(63), 1L << random.Next(63)))
            : Value.Of((random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-decades, decades)))
        : random.Next(4) == 0 ? Value.Of($"often {random.Next(8)}") : Value.Of($"v{random.Next(1 << 30)}");
}
