using System.Text;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public class ValueTests
{
    [Theory]
    [InlineData("[1, 2u, 1.0, 1.5e300, -0.0]", "[1,2,1.0,1.5e+300,-0.0]")]
    [InlineData("{'a': null, 2: true, false: 'x\"y'}", """{"a":null,"2":true,"false":"x\"y"}""")]
    [InlineData("b'abc'", "\"YWJj\"")]
    [InlineData("timestamp('2026-10-10T13:55:36.5+02:00')", "\"2026-10-10T11:55:36.5Z\"")]
    [InlineData("duration('1h30m') + duration('500ms')", "\"5400.5s\"")]
    [InlineData("-duration('1.5s')", "\"-1.5s\"")]
    [InlineData("[0.0 / 0.0, 1.0 / 0.0]", """["NaN","Infinity"]""")]
    [InlineData("type(1)", "\"int\"")]
    [InlineData("'a,b,c'.split(',').map(x, x.upperAscii()).join('-')", "\"A-B-C\"")]
    [InlineData("'banana'.replace('a', '', 2) + ' x '.trim() + 'abc'.reverse()", "\"bnnaxcba\"")]
    [InlineData("'ab'.replace('', '-')", "\"-a-b-\"")]
    [InlineData("'žlutý'.charAt(4) + 'žlutý'.substring(1, 3)", "\"ýlu\"")]
    [InlineData("'a' + string(1) + string(true) + string(1.5) + string(b'x')", "\"a1true1.5x\"")]
    [InlineData("has({'a': 1}.a) ? {'x': [1, 2]}.x[1] : 0", "2")]
    [InlineData("[1, 2, 3].map(x, x > 1, x * 2)", "[4,6]")]
    [InlineData("timestamp('2026-03-29T01:30:00Z').getHours('Europe/Prague')", "3")]
    [InlineData("duration('90m').getHours()", "1")]
    public void Is_written_as_json(string expression, string json) => Assert.Equal(json, new Row().Evaluate(expression).ToString());

    [Theory]
    [InlineData("null", FieldKind.Null, "")]
    [InlineData("true", FieldKind.Bool, "")]
    [InlineData("1", FieldKind.Int64, "")]
    [InlineData("1u", FieldKind.Int64, "")]
    [InlineData("18446744073709551615u", FieldKind.Double, "")]
    [InlineData("1.5", FieldKind.Double, "")]
    [InlineData("'a' + 'b'", FieldKind.PlainString, "ab")]
    [InlineData("'a\"b'", FieldKind.String, "a\"b")]
    [InlineData("b'ab'", FieldKind.Bytes, "ab")]
    [InlineData("timestamp(0)", FieldKind.Timestamp, "")]
    [InlineData("duration('5m')", FieldKind.PlainString, "300s")]
    [InlineData("[1, 'x']", FieldKind.List, "[1,\"x\"]")]
    [InlineData("{'a': [1]}", FieldKind.Object, "{\"a\":[1]}")]
    [InlineData("geo.at", FieldKind.Object, "{\"n\":1}")]
    [InlineData("geo.name.lowerAscii()", FieldKind.PlainString, "brno")]
    public void Is_stored_in_a_field(string expression, FieldKind kind, string text)
    {
        var row = new Row().WithJson("geo", FieldKind.Object, """{"at":{"n":1},"name":"BRNO"}""");
        ValueFields.Set(row.Batch, row.Number, row.Id("target"), row.Evaluate(expression));
        var slot = row.Batch.Get(row.Number, row.Id("target"));
        Assert.Equal(kind, slot.Kind);
        Assert.Equal(text, kind is FieldKind.Timestamp ? "" : Encoding.UTF8.GetString(row.Batch.Text(slot)));
    }

    [Fact]
    public void An_error_knows_whether_something_is_missing()
    {
        var row = new Row();
        Assert.True(row.Evaluate("missing").IsMissing);
        Assert.True(row.Evaluate("{'a': 1}.b").IsMissing);
        var failed = row.EvaluateUnchecked("1 / 0");
        Assert.True(failed.IsError);
        Assert.False(failed.IsMissing);
        Assert.Equal("division by zero", failed.Reason);
    }

    [Fact]
    public void Text_survives_a_growing_arena()
    {
        var row = new Row().With("a", Value.Of("left")).With("b", Value.Of("right"));
        var value = row.Evaluate("a");
        row.Batch.Append(new byte[1 << 20]);
        Assert.Equal("\"left\"", value.ToString());
    }
}
