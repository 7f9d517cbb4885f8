using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public class ConditionTests
{
    private static Row Event() => new Row()
        .With("status", Value.Of(503L))
        .With("took", Value.Of(1.5))
        .With("path", Value.Of("/health/live"))
        .With("method", Value.Of("GET"))
        .With("nothing", Value.Null)
        .With("blob", Value.OfBytes([1, 2]))
        .With("time", Value.OfTimestamp(new DateTime(2026, 10, 10, 0, 0, 0, DateTimeKind.Utc).Ticks, 7))
        .WithJson("count", FieldKind.Number, "12")
        .WithJson("geo", FieldKind.Object, """{"city":"Brno \"A\"", "country_code" : "US","at":{"lat":1.5,"n":2},"\u006bey":1}""")
        .WithJson("tags", FieldKind.List, """["a", "vip" ,3, null, {"x":[1]}]""");

    [Theory]
    [InlineData("status >= 500")]
    [InlineData("500 <= status")]
    [InlineData("status == 503.0 && status != 502u")]
    [InlineData("took > 1 && took < 2u && took == 1.5")]
    [InlineData("!(path == 'x') && path.startsWith('/health')")]
    [InlineData("path.endsWith('live') && path.contains('lth/') && path.matches('^/[a-z]+/live$')")]
    [InlineData("method == 'GET' || missing > 5")]
    [InlineData("missing > 5 || method == 'GET'")]
    [InlineData("nothing == null")]
    [InlineData("count == 12 && count + 1 == 13")]
    [InlineData("geo.country_code == 'US' && geo['country_code'] == 'US'")]
    [InlineData("geo.city == 'Brno \"A\"' && geo.key == 1")]
    [InlineData("geo.at.lat == 1.5 && geo.at == {'n': 2, 'lat': 1.5} && size(geo) == 4")]
    [InlineData("has(geo.at.n) && !has(geo.at.m)")]
    [InlineData("tags.exists(t, t == 'vip') && 'vip' in tags && 3 in tags && null in tags")]
    [InlineData("tags[4].x[0] == 1 && size(tags) == 5 && tags[4] == {'x': [1]}")]
    [InlineData("geo.exists(k, k == 'city') && geo.all(k, v, k != 'zip')")]
    [InlineData("time > timestamp('2026-10-10T00:00:00Z') && time - duration('1h') < time")]
    [InlineData("event.status == 503 && 'status' in event && !('bytes' in event)")]
    [InlineData("meta.stream == 'weblogs' && meta.partition == 3 && meta.offset == 42 && meta.id == 'weblogs/3/42/1'")]
    [InlineData("meta.received == now() && meta['index'] == 1")]
    [InlineData("sample(1.0) && !sample(0) && uuid() == uuid() && uuid().matches('^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$')")]
    [InlineData("status in [500, 503] && 503.0 in [503] && !(method in ['POST', 'PUT']) && nothing in [1, null]")]
    [InlineData("status in [1, 2, 3, 4, 5, 6, 7, 8, 503] && method in ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'GET'] && !(path in [1, 2, 3, 4, 5, 6, 7, 8, 9])")]
    [InlineData("type(status) == int && type(blob) == bytes && size(blob) == 2")]
    public void Holds(string condition)
    {
        Assert.True(Event().Test(condition, out var error), error);
        Assert.Null(error);
    }

    [Theory]
    [InlineData("missing > 5")]
    [InlineData("missing == null")]
    [InlineData("!missing")]
    [InlineData("geo.zip == 'x'")]
    [InlineData("geo.zip.code == 1")]
    [InlineData("nothing.email == 'x'")]
    [InlineData("user.email == 'x'")]
    [InlineData("has(user.email)")]
    [InlineData("event.bytes > 3")]
    [InlineData("event['bytes'] > 3")]
    [InlineData("missing.startsWith('/x')")]
    [InlineData("geo[path] == 1")]
    public void A_missing_field_or_key_is_false(string condition)
    {
        Assert.False(Event().Test(condition, out var error));
        Assert.Null(error);
    }

    [Theory]
    [InlineData("status > 'x'", "'>' does not take (int, string)")]
    [InlineData("method >= 500", "'>=' does not take (string, int)")]
    [InlineData("status.startsWith('5')", "'startsWith' does not take (int, string)")]
    [InlineData("status", "the value is neither true nor false")]
    [InlineData("status / (count - 12) == 1", "division by zero")]
    [InlineData("int(method) == 1", "the text cannot be converted")]
    [InlineData("status.code == 1", "the value to take 'code' from is no map")]
    [InlineData("tags[9] == 1", "the index is out of range")]
    [InlineData("tags.all(t, t > 1)", "'>' does not take (string, int)")]
    public void Another_failure_has_a_reason(string condition, string reason)
    {
        Assert.False(Event().Test(condition, out var error));
        Assert.Equal(reason, error);
    }

    [Fact]
    public void A_name_is_the_field_before_the_type()
    {
        var row = new Row();
        Assert.Equal(ValueKind.Type, row.Evaluate("bytes").Kind);
        row.With("bytes", Value.Of(10L));
        Assert.Equal(10, row.Evaluate("bytes").AsInt);
        Assert.Equal(2, row.Evaluate("size(bytes('ab'))").AsInt);
    }

    [Fact]
    public void A_field_with_a_dot_in_its_name_comes_first()
    {
        var row = new Row().WithJson("user", FieldKind.Object, """{"name":"a"}""").With("user.name", Value.Of("b"));
        Assert.Equal("\"b\"", row.Evaluate("user.name").ToString());
        Assert.True(row.Test("has(user.name)", out _));
    }

    [Fact]
    public void An_endless_expression_ends()
    {
        var row = new Row().WithJson("l", FieldKind.List, "[" + string.Join(',', Enumerable.Repeat(1, 2000)) + "]");
        Assert.False(row.Test("l.all(a, l.all(b, a == b))", out var error));
        Assert.Equal("the expression takes more than 1,000,000 steps", error);
        var doubled = "cel.bind(a, l + l, " + string.Concat(Enumerable.Repeat("cel.bind(a, a + a, ", 40)) + "size(a) > 0" + new string(')', 41);
        Assert.False(row.Test(doubled, out error));
        Assert.NotNull(error);
    }

    [Theory]
    [InlineData("status >= 500")]
    [InlineData("!path.startsWith('/health')")]
    [InlineData("geo.country_code == 'US'")]
    [InlineData("tags.exists(t, t == 'vip')")]
    [InlineData("geo.city == 'x'")]
    [InlineData("missing > 3")]
    [InlineData("path + method == 'x'")]
    [InlineData("path.matches('^/a')")]
    [InlineData("sample(0.5)")]
    [InlineData("status in [1, 2, 3]")]
    [InlineData("has(geo.at)")]
    [InlineData("count > 3")]
    [InlineData("time > now() - duration('5m')")]
    public void A_common_condition_takes_no_memory(string text)
    {
        var row = Event();
        var condition = Expression.Parse(text).CompileCondition(row.Batch.Fields);
        Run(condition, row);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(condition, row);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Run(Condition condition, Row row)
    {
        for (var i = 0; i < 100; i++)
        {
            condition.Test(row.Batch, row.Number, out _);
        }
    }
}
