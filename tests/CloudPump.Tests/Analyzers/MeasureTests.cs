using CloudPump.Analyzers.Measures;
using CloudPump.Expressions;

namespace CloudPump.Tests.Analyzers;

public sealed class MeasureTests
{
    private static readonly Value[] Mixed =
    [
        Value.Of(3L), Value.Of(3.0), Value.Of(-0.0), Value.Of(0.0), Value.Of(0L), Value.Of(double.NaN), Value.Of(long.MaxValue), Value.Of(9223372036854775808.0),
        Value.Of((1L << 53) + 1), Value.Of(9007199254740992.0), Value.Of(-2L), Value.Of(-2.5), Value.Of(2.5), Value.Of(2L), Value.Of("b"), Value.Of("a"), Value.Of(""),
        Value.OfTimestamp(5, 1), Value.OfTimestamp(5, 2), Value.OfTimestamp(4, 99), Value.Of(true), Value.Of(7UL), Value.Of(ulong.MaxValue),
        Value.Of(double.PositiveInfinity), Value.Of(double.NegativeInfinity), Value.Of(1e308), Value.Of(-1e308), Value.Of(1e-300), Value.Of(5e-324),
        Value.Of(int.MinValue), Value.Of(3_000_000_000L), Value.Of(long.MinValue), Value.OfBytes([1, 0]), Value.OfDuration(90), Value.OfText("a\0b"u8.ToArray()),
    ];

    [Theory]
    [InlineData("count()")]
    [InlineData("sum(x)")]
    [InlineData("avg(x)")]
    [InlineData("min(x)")]
    [InlineData("max(x)")]
    [InlineData("stddev(x)")]
    [InlineData("first(x)")]
    [InlineData("last(x)")]
    [InlineData("distinct(x)")]
    [InlineData("percentile(x, 30)")]
    [InlineData("percentile(x, 99.9)")]
    [InlineData("median(x)")]
    [InlineData("top(x, 3)")]
    [InlineData("rate()")]
    [InlineData("rate(x)")]
    public void Neither_order_nor_merging_changes_the_result(string call)
    {
        var random = new Random(3);
        for (var i = 0; i < 3_000; i++)
        {
            var values = Enumerable.Range(0, random.Next(1, 7)).Select(n => (Mixed[random.Next(Mixed.Length)], MeasureRig.Stamp(random.Next(3), n))).ToArray();
            var expected = MeasureRig.Result(call, values);
            var shuffled = values.OrderBy(_ => random.Next()).ToArray();
            var cut = random.Next(values.Length + 1);
            Assert.Equal(expected, MeasureRig.Result(call, shuffled));
            Assert.Equal(expected, MeasureRig.Result(call, shuffled[..cut], shuffled[cut..]));
            Assert.Equal(expected, MeasureRig.Result(call, shuffled[cut..], [], shuffled[..cut]));
        }
    }

    [Theory]
    [InlineData("min(x)", "Int64 3", 3L, 3.0)]
    [InlineData("max(x)", "Int64 3", 3.0, 3L)]
    [InlineData("max(x)", "Int64 9007199254740993", 9007199254740992.0, 9007199254740993L)]
    [InlineData("min(x)", "Double 9007199254740992.0", 9007199254740992.0, 9007199254740993L)]
    [InlineData("max(x)", "Double 9.223372036854776E+18", 9223372036854775808.0, long.MaxValue)]
    [InlineData("min(x)", "Double -2.5", -2L, -2.5)]
    [InlineData("max(x)", "Double 2.5", 2L, 2.5)]
    [InlineData("min(x)", "Double 0.0", 0.0, -0.0)]
    [InlineData("min(x)", "Int64 1", "a", 1L)]
    [InlineData("max(x)", "PlainString \"a\"", "a", 1L)]
    [InlineData("max(x)", "PlainString \"b\"", "a", "b")]
    [InlineData("min(x)", "PlainString \"\"", "a", "")]
    [InlineData("max(x)", "Int64 1", double.NaN, 1L)]
    [InlineData("min(x)", "Null null", double.NaN, true)]
    [InlineData("sum(x)", "Int64 9223372036854775807", long.MaxValue, -1L, 1L)]
    [InlineData("sum(x)", "Double 9.223372036854776E+18", long.MaxValue, 1L)]
    [InlineData("sum(x)", "Double 3.0", 1L, 2.0)]
    [InlineData("sum(x)", "Double 0.5", long.MaxValue, 0.5, -9223372036854775807L)]
    [InlineData("sum(x)", "Null null", "a", true)]
    [InlineData("avg(x)", "Double 1.5", 1L, 2L)]
    [InlineData("avg(x)", "Double 1.5", 1L, 2L, "a")]
    [InlineData("avg(x)", "Null null")]
    [InlineData("count(x)", "Int64 3", 1L, "a", true)]
    [InlineData("count()", "Int64 0")]
    [InlineData("stddev(x)", "Double 1.0", 1000000000L, 1000000001L, 1000000002L)]
    [InlineData("stddev(x)", "Double 1.0", 1000000000.0, 1000000001.0, 1000000002L)]
    [InlineData("stddev(x)", "Double 0.0", 0.1, 0.1, 0.1)]
    [InlineData("stddev(x)", "Double 1.0", 9007199254740992000L, 9007199254740992001L, 9007199254740992002L)]
    [InlineData("stddev(x)", "Double 7.210241593396394E+18", long.MaxValue, 0L, "a", long.MaxValue, true, 0L, long.MinValue, long.MaxValue, long.MinValue, 0L, 0L)]
    [InlineData("stddev(x)", "Double 2.0000000000000003E+200", 1e200, 3e200, 5e200)]
    [InlineData("stddev(x)", "Double 2E-200", 1e-200, 3e-200, 5e-200)]
    [InlineData("stddev(x)", "Double 5E-324", 0.0, 5e-324, 1e-323)]
    [InlineData("stddev(x)", "Null null", 7L)]
    [InlineData("stddev(x)", "Double \"NaN\"", 7L, double.PositiveInfinity)]
    [InlineData("first(x)", "PlainString \"a\"", "a", 1L)]
    [InlineData("last(x)", "Bool true", "a", 1L, true)]
    [InlineData("last(x)", "Null null")]
    [InlineData("distinct(x)", "Int64 3", 1L, 1.0, "1", true, "1")]
    [InlineData("distinct(x)", "Int64 0")]
    [InlineData("median(x)", "Double 0.0", 1L, -1L, 0L)]
    [InlineData("median(x)", "Null null", "a", double.NaN)]
    [InlineData("percentile(x, 100)", "Double \"Infinity\"", 1L, double.PositiveInfinity)]
    [InlineData("percentile(x, 0)", "Double \"-Infinity\"", 1L, double.NegativeInfinity)]
    [InlineData("top(x, 2)", "List [{\"value\":\"b\",\"count\":2},{\"value\":1,\"count\":1}]", "b", "a", 1.0, "b")]
    [InlineData("top(x, 2)", "Null null")]
    [InlineData("rate()", "Double 0.05", 1L, "a", 1L)]
    [InlineData("rate(x)", "Double 0.025", 1L, "a", 0.5)]
    [InlineData("rate(x)", "Null null", "a")]
    public void A_measure_gives_its_value_and_kind(string call, string expected, params object[] values) =>
        Assert.Equal(expected, MeasureRig.Result(call, [.. values.Select((v, n) => (ToValue(v), MeasureRig.Stamp(0, n)))]));

    [Theory]
    [InlineData("bytes", "A measure is a call")]
    [InlineData("summ(bytes)", "Did you mean 'sum'?")]
    [InlineData("sum()", "takes 1 argument")]
    [InlineData("count(a, b)", "takes 0 or 1 argument")]
    [InlineData("percentile(a, 101)", "a number from 0 to 100, not '101'", 14)]
    [InlineData("percentile(a, b)", "a number from 0 to 100, not 'b'", 14)]
    [InlineData("top(a, 1.5)", "a whole number from 1 to 1000, not '1.5'", 7)]
    [InlineData("top(a, 0)", "a whole number from 1 to 1000, not '0'", 7)]
    [InlineData("ratio(a, b) where c", "put the condition there", 12)]
    [InlineData("count() where", "", 13)]
    [InlineData("count() where status >=", "", 23)]
    [InlineData("count() where path.startWith('where')", "Did you mean 'startsWith'?", 19)]
    [InlineData("cuont() where status > 1", "Did you mean 'count'?", 0)]
    [InlineData("count() when status > 1", "", 8)]
    [InlineData("where", "A measure is a call")]
    public void A_wrong_measure_is_explained(string text, string message, int offset = 0)
    {
        var mistake = Assert.Throws<ExpressionException>(() => MeasureCall.Parse(text));
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(offset, mistake.Offset);
    }

    private static Value ToValue(object value) => value switch
    {
        long l => Value.Of(l),
        double d => Value.Of(d),
        bool b => Value.Of(b),
        _ => Value.Of((string)value),
    };
}
