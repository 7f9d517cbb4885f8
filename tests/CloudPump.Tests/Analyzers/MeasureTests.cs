using System.Text;
using CloudPump.Analyzers.Measures;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Analyzers;

public sealed class MeasureTests
{
    private static readonly Value[] Mixed =
    [
        Value.Of(3L), Value.Of(3.0), Value.Of(-0.0), Value.Of(0.0), Value.Of(0L), Value.Of(double.NaN), Value.Of(long.MaxValue), Value.Of(9223372036854775808.0),
        Value.Of((1L << 53) + 1), Value.Of(9007199254740992.0), Value.Of(-2L), Value.Of(-2.5), Value.Of(2.5), Value.Of(2L), Value.Of("b"), Value.Of("a"), Value.Of(""),
        Value.OfTimestamp(5, 1), Value.OfTimestamp(5, 2), Value.OfTimestamp(4, 99), Value.Of(true), Value.Of(7UL), Value.Of(ulong.MaxValue),
        Value.Of(double.PositiveInfinity), Value.Of(double.NegativeInfinity), Value.Of(1e308), Value.Of(-1e308),
    ];

    [Theory]
    [InlineData("count()")]
    [InlineData("sum(x)")]
    [InlineData("avg(x)")]
    [InlineData("min(x)")]
    [InlineData("max(x)")]
    public void Neither_order_nor_merging_changes_the_result(string call)
    {
        var random = new Random(3);
        for (var i = 0; i < 3_000; i++)
        {
            var values = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Mixed[random.Next(Mixed.Length)]).ToArray();
            var expected = Measured(call, values);
            var shuffled = values.OrderBy(_ => random.Next()).ToArray();
            var cut = random.Next(values.Length + 1);
            Assert.Equal(expected, Measured(call, shuffled));
            Assert.Equal(expected, Measured(call, shuffled[..cut], shuffled[cut..]));
            Assert.Equal(expected, Measured(call, shuffled[cut..], [], shuffled[..cut]));
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
    public void A_measure_gives_its_value_and_kind(string call, string expected, params object[] values) =>
        Assert.Equal(expected, Measured(call, [.. values.Select(ToValue)]));

    [Theory]
    [InlineData("bytes", "A measure is a call")]
    [InlineData("summ(bytes)", "Did you mean 'sum'?")]
    [InlineData("sum()", "takes 1 argument")]
    [InlineData("count(a, b)", "takes 0 or 1 argument")]
    public void A_wrong_measure_is_explained(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ExpressionException>(() => MeasureCall.Parse(text)).Message, StringComparison.Ordinal);

    private static Value ToValue(object value) => value switch
    {
        long l => Value.Of(l),
        double d => Value.Of(d),
        bool b => Value.Of(b),
        _ => Value.Of((string)value),
    };

    private static string Measured(string call, params Value[][] parts)
    {
        var total = MeasureCall.Parse(call).Create();
        total.AddGroup(0);
        total.AddGroup(1);
        foreach (var part in parts)
        {
            var measure = MeasureCall.Parse(call).Create();
            measure.AddGroup(0);
            foreach (var value in part)
            {
                measure.Add(0, value);
            }

            var buffer = new ByteBuffer();
            measure.Write(0, buffer);
            var reader = new ByteReader(buffer.Written);
            total.Merge(1, ref reader);
            Assert.True(reader.IsEmpty);
        }

        var batch = new EventBatch(new FieldTable());
        batch.Add(default);
        total.Result(1, batch, 0, batch.Fields.Id("x"));
        var output = new ByteBuffer();
        new EventJsonWriter().WriteValue(output, batch, batch.Slots(0)[0]);
        return $"{batch.Slots(0)[0].Kind} {Encoding.UTF8.GetString(output.Written)}";
    }
}
