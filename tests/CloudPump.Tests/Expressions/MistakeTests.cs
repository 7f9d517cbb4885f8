using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public class MistakeTests
{
    [Theory]
    [InlineData("path.startWith('/x')", 5, "startsWith")]
    [InlineData("status >= 500 && sise(tags) > 0", 17, "size")]
    [InlineData("tags.exist(t, t == 1)", 5, "exists")]
    [InlineData("status = 500", 7, "==")]
    [InlineData("a & b", 2, "&&")]
    [InlineData("meta.stram == 'x'", 5, "stream")]
    [InlineData("package == 1", 0, "event.package")]
    [InlineData("has(status)", 0, "has(event.status)")]
    [InlineData("status >= ", 10, null)]
    [InlineData("(status", 7, null)]
    [InlineData("status 500", 7, null)]
    [InlineData("'abc", 0, null)]
    [InlineData("'\\q'", 1, null)]
    [InlineData("[1, 2", 5, null)]
    [InlineData("{'a' 1}", 5, null)]
    [InlineData("startsWith(path, 'a')", 0, null)]
    [InlineData("path.startsWith()", 5, null)]
    [InlineData("path.startsWith('a', 'b')", 5, null)]
    [InlineData("path.matches('(')", 13, null)]
    [InlineData("tags.all(1, true)", 9, null)]
    [InlineData("99999999999999999999", 0, null)]
    [InlineData("9223372036854775808", 0, null)]
    [InlineData("#", 0, null)]
    [InlineData("", 0, null)]
    public void Is_found_with_its_place(string text, int offset, string? suggestion)
    {
        var mistake = Assert.Throws<ExpressionException>(() => Expression.Parse(text));
        Assert.Equal(offset, mistake.Offset);
        Assert.Equal(suggestion, mistake.Suggestion);
    }

    [Fact]
    public void Depth_and_length_are_limited()
    {
        Assert.Throws<ExpressionException>(() => Expression.Parse(new string('(', 5000) + "1" + new string(')', 5000)));
        Assert.Throws<ExpressionException>(() => Expression.Parse(new string('-', 60_000) + "x"));
        Assert.Throws<ExpressionException>(() => Expression.Parse(new string('[', 60_000)));
        Assert.Throws<ExpressionException>(() => Expression.Parse("1" + string.Concat(Enumerable.Repeat("+1", 20_000))));
        Assert.Throws<ExpressionException>(() => Expression.Parse("a" + string.Concat(Enumerable.Repeat(".a", 20_000))));
        Assert.Throws<ExpressionException>(() => Expression.Parse(string.Concat(Enumerable.Repeat("a?b:", 10_000)) + "c"));
        Assert.Throws<ExpressionException>(() => Expression.Parse(new string(' ', 70_000)));
        Assert.True(new Row().Test("true" + string.Concat(Enumerable.Repeat("&&true", 10_000)), out _));
    }

    [Fact]
    public void A_small_stack_is_enough_for_the_deepest_expression()
    {
        string[] texts =
        [
            new string('(', 127) + "a" + new string(')', 127),
            new string('!', 127) + "a",
            new string('[', 127) + "a" + new string(']', 127) + " == 1",
            string.Concat(Enumerable.Repeat("{'x': ", 127)) + "a" + new string('}', 127),
            string.Concat(Enumerable.Repeat("size([", 60)) + "a" + string.Concat(Enumerable.Repeat("])", 60)),
            "a" + string.Concat(Enumerable.Repeat(" + a", 250)),
            "a" + string.Concat(Enumerable.Repeat(".a", 250)),
            string.Concat(Enumerable.Repeat("a ? b : ", 127)) + "c",
        ];
        var row = new Row().With("a", Value.Of(1L));
        var thread = new Thread(() => Array.ForEach(texts, t => row.Evaluate(t)), 512 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal(251, row.Evaluate(texts[5]).AsInt);
    }

    [Fact]
    public void Names_that_may_be_fields_are_known()
    {
        var expression = Expression.Parse("status > 1 && tags.exists(t, t == other) && event.bytes > meta.offset && geo.city == cel.bind(x, y, x)");
        Assert.Equal(["bytes", "geo", "other", "status", "tags", "y"], expression.FieldNames);
    }

    [Fact]
    public void A_measure_is_read_as_a_call()
    {
        Assert.True(Expression.TryParseCall("percentile( bytes * 8 , 95)", out var function, out var arguments));
        Assert.Equal("percentile", function);
        Assert.Equal(["bytes * 8", "95"], arguments.Select(a => a.Text));
        Assert.True(Expression.TryParseCall("count()", out _, out arguments));
        Assert.Empty(arguments);
        Assert.False(Expression.TryParseCall("bytes", out _, out _));
        Assert.False(Expression.TryParseCall("'x'", out _, out _));
        Assert.Equal(6, Assert.Throws<ExpressionException>(() => Expression.TryParseCall("sum(1 2)", out _, out _)).Offset);
        Assert.Equal(7, Assert.Throws<ExpressionException>(() => Expression.TryParseCall("sum(1) +", out _, out _)).Offset);
        Assert.Equal(6, Assert.Throws<ExpressionException>(() => Expression.TryParseCall("sum(a.startWith('x'))", out _, out _)).Offset);
    }

    [Fact]
    public void A_string_is_an_expression()
    {
        Expression expression = "status >= 500";
        Assert.Equal("status >= 500", expression.Text);
    }
}
