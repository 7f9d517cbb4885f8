using System.Numerics;
using CloudPump.Analyzers.Measures;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

public sealed class ExactSumTests
{
    [Fact]
    public void Sums_are_exact_in_any_order_and_however_they_are_merged()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var numbers = Enumerable.Range(0, random.Next(12)).Select(_ => Number(random, i % 4)).ToList();
            numbers.AddRange(numbers.Where(_ => random.Next(3) == 0).Select(n => -n).ToList());
            var expected = Exact(numbers);
            for (var n = 0; n < 3; n++)
            {
                var found = Sum(numbers.OrderBy(_ => random.Next()).ToArray(), random);
                Assert.True(expected == found, $"{string.Join(", ", numbers.Select(x => x.ToString("R")))}: {found:R} instead of {expected:R}");
            }
        }
    }

    [Theory]
    [InlineData(new[] { 1e308, 1e308, -1e308 }, 1e308)]
    [InlineData(new[] { 1e308, 1e308, 1e308, -1e308, -1e308, -1e308, 0.5 }, 0.5)]
    [InlineData(new[] { double.MaxValue, double.MaxValue }, double.PositiveInfinity)]
    [InlineData(new[] { -double.MaxValue, -double.MaxValue, -double.MaxValue }, double.NegativeInfinity)]
    [InlineData(new[] { 0.1, 0.2, -0.3 }, 2.7755575615628914e-17)]
    [InlineData(new[] { 1e16, 1.0, 1e-16 }, 10000000000000002.0)]
    [InlineData(new[] { double.Epsilon, double.Epsilon }, 1e-323)]
    [InlineData(new double[0], 0.0)]
    [InlineData(new[] { double.PositiveInfinity, 1.0 }, double.PositiveInfinity)]
    [InlineData(new[] { double.PositiveInfinity, double.NegativeInfinity, 1.0 }, double.NaN)]
    [InlineData(new[] { double.NaN, double.PositiveInfinity }, double.NaN)]
    public void Edges_are_met_in_every_order(double[] numbers, double expected)
    {
        var random = new Random(2);
        for (var n = 0; n < 20; n++)
        {
            Assert.Equal(expected, Sum([.. numbers.OrderBy(_ => random.Next())], random));
        }
    }

    private static double Number(Random random, int kind) => kind switch
    {
        // Everything there is; near the limit of the range; subnormal; ordinary.
        0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)) is var d && double.IsFinite(d) ? d : 1,
        1 => (random.NextDouble() - 0.5) * 2 * double.MaxValue,
        2 => BitConverter.Int64BitsToDouble(random.NextInt64(1L << 53)) * (random.Next(2) == 0 ? -1 : 1),
        _ => (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-60, 60)),
    };

    private static double Sum(double[] numbers, Random random)
    {
        var total = new ExactSum();
        var part = new ExactSum();
        foreach (var number in numbers)
        {
            part.Add(number);
            if (random.Next(4) == 0)
            {
                Merge(total, part);
                part = new ExactSum();
            }
        }

        Merge(total, part);
        return total.Round();
    }

    private static void Merge(ExactSum total, ExactSum part)
    {
        var buffer = new ByteBuffer();
        part.Write(buffer);
        var reader = new ByteReader(buffer.Written);
        total.Merge(ref reader);
        Assert.True(reader.IsEmpty);
    }

    // Every double is a whole number of 2^-1074.
    private static double Exact(List<double> numbers)
    {
        var sum = numbers.Aggregate(BigInteger.Zero, (s, n) => s + Units(n));
        var (sign, rest) = (sum.Sign, BigInteger.Abs(sum));
        var shift = (int)Math.Max(0, (long)rest.GetBitLength() - 53);
        var kept = rest >> shift;
        var lost = rest - (kept << shift);
        var half = shift == 0 ? BigInteger.One : BigInteger.One << (shift - 1);
        kept += lost > half || (lost == half && shift > 0 && !kept.IsEven) ? 1 : 0;
        var bits = kept.GetBitLength() > 53 ? (kept >> 1, shift + 1) : (kept, shift);
        return sign * Math.ScaleB((double)bits.Item1, bits.Item2 - 1074);
    }

    private static BigInteger Units(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = (bits & 0xf_ffff_ffff_ffff) | (exponent == 0 ? 0 : 1L << 52);
        return (bits < 0 ? -1 : 1) * (new BigInteger(mantissa) << Math.Max(0, exponent - 1));
    }
}
