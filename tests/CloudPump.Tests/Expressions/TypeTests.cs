using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public sealed class TypeTests
{
    [Theory]
    [InlineData("'a' + 1", 4, "'+' does not take a string and an int; write string(...) around the int.")]
    [InlineData("1 + 1u", 2, "'+' does not take an int and a uint; write int(...) around the uint.")]
    [InlineData("status > 1 && 1 + 1.5 > 2.0", 16, "'+' does not take an int and a double; write double(...) around the int.")]
    [InlineData("size(1)", 5, "'size' takes a string, bytes, a list or a map here, not an int; string(...) makes one of it.")]
    [InlineData("!3", 1, "'!' takes true or false, not an int; compare it, as in x > 0.")]
    [InlineData("'x'.startsWith(1)", 15, "'startsWith' takes a string here, not an int; string(...) makes one of it.")]
    [InlineData("path.startsWith(size(path))", 16, "'startsWith' takes a string here, not an int; string(...) makes one of it.")]
    [InlineData("(1).startsWith(path)", 1, "'startsWith' takes a string here, not an int; string(...) makes one of it.")]
    [InlineData("true && 'x'", 8, "'&&' takes true or false, not a string; compare it, as in size(x) > 0.")]
    [InlineData("ok || size(path)", 6, "'||' takes true or false, not an int; compare it, as in x > 0.")]
    [InlineData("1 ? 2 : 3", 0, "'?' takes true or false, not an int; compare it, as in x > 0.")]
    [InlineData("'foo' <= 1024", 6, "'<=' does not take a string and an int; write int(...) around the string.")]
    [InlineData("null < status", 0, null)]
    [InlineData("[1] > [0]", 4, "'>' does not take a list and a list.")]
    [InlineData("1 in 'abc'", 5, "'in' takes a list or a map here, not a string.")]
    [InlineData("'abc'[0]", 0, "'[]' takes a list or a map here, not a string.")]
    [InlineData("-(5u)", 2, "'-' takes an int, a double or a duration here, not a uint; int(...) makes one of it.")]
    [InlineData("47.5 % 5.5", 5, null)]
    [InlineData("[1, 2].all(x, x.startsWith('a'))", 14, null)]
    [InlineData("{'a': 1}.all(k, k > 5)", 18, null)]
    [InlineData("{'a': 1}.all(k, v, v == 1 && k > 5)", 31, null)]
    [InlineData("tags.all(t, size(t))", 12, "The condition of a macro takes true or false, not an int; compare it, as in x > 0.")]
    [InlineData("tags.filter(t, 'x')", 15, null)]
    [InlineData("[1, 2].map(x, x * 2).exists(y, y == 'a' + y)", 40, null)]
    [InlineData("'abc'.exists(c, c == 'a')", 0, "Only lists and objects can be gone through, not a string.")]
    [InlineData("cel.bind(n, size(path), n + 'x' == path)", 26, null)]
    [InlineData("meta.partition + 'x' == path", 15, null)]
    [InlineData("meta.received > 5", 14, null)]
    [InlineData("now() - 5 < now()", 6, "'-' does not take a timestamp and an int; a length of time is written duration('5m').")]
    [InlineData("'x'.y == 1", 4, "A string has no 'y'; only objects have members.")]
    [InlineData("has('x'.y)", 8, "A string has no 'y'; only objects have members.")]
    [InlineData("{1.5: 2}", 1, "The key of an object is a string, an integer or a bool, not a double.")]
    [InlineData("path.replace('a', 1)", 18, null)]
    [InlineData("math.ceil(1)", 10, "'math.ceil' takes a double here, not an int; double(...) makes one of it.")]
    [InlineData("math.greatest(status, 'x')", 22, null)]
    [InlineData("format_time('2026', 'yyyy')", 12, "'format_time' takes a timestamp here, not a string; timestamp(...) makes one of it.")]
    [InlineData("hash(1)", 5, "'hash' takes a string or bytes here, not an int; string(...) makes one of it.")]
    public void A_type_that_is_known_to_be_wrong_is_found(string text, int offset, string? message)
    {
        var mistake = Assert.Throws<ExpressionException>(() => Expression.Parse(text));
        Assert.Equal(message ?? mistake.Message, mistake.Message);
        Assert.Equal(offset, mistake.Offset);
    }

    [Theory]
    [InlineData("timestamp('nonsense')", 10, "'timestamp' takes a time such as '2026-10-10T13:55:36Z' (RFC 3339, the years 1 to 9999), or seconds since 1970.")]
    [InlineData("ok && time > timestamp('2026-13-01T00:00:00Z')", 23, null)]
    [InlineData("duration('5x')", 9, "'duration' takes a text such as '90s', '5m', '1h30m' or '7d', of at most 292 years.")]
    [InlineData("int('five') + status", 4, null)]
    [InlineData("double('1,5')", 7, null)]
    [InlineData("1 / 0", 2, "This fails for every event: division by zero.")]
    [InlineData("status % 0", 7, "This fails for every event: division by zero.")]
    [InlineData("[1, 2 / 0]", 6, null)]
    [InlineData("9223372036854775807 + 1", 20, "This fails for every event: the result is out of range.")]
    [InlineData("[1, 2][2]", 6, "This fails for every event: the index is out of range.")]
    [InlineData("{'a': 1, 'a': 2}", 0, "This fails for every event: the map has a key twice.")]
    [InlineData("'a'.matches('(')", 12, null)]
    [InlineData("path.matches('(' + ')x(')", 17, null)]
    [InlineData("time.getHours('Europe/Brno')", 14, "There is no time zone 'Europe/Brno'; zones are named as 'Europe/Berlin', 'UTC' or '+02:00'.")]
    [InlineData("format_time(time, 'YYYY')", 18, null)]
    [InlineData("format_time(time, 'yyyy', 'Nowhere')", 26, null)]
    [InlineData("hash(path, 'sha265')", 11, "'hash' knows sha256, sha512, sha384, sha1, md5, xxh64, not 'sha265'. Did you mean 'sha256'?")]
    [InlineData("hmac(path, '')", 11, null)]
    [InlineData("hash()", 0, "'hash' takes 1 or 2 argument(s), but here are 0.")]
    [InlineData("ip.ip_in('10.0.0.1/8')", 9, "'10.0.0.1/8' is no network, since it has bits beyond its length. Did you mean '10.0.0.0/8'?")]
    [InlineData("ip.ip_in('2001:db8::1/32')", 9, "'2001:db8::1/32' is no network, since it has bits beyond its length. Did you mean '2001:db8::/32'?")]
    [InlineData("ip.ip_in('10.0.0.0/33')", 9, "'10.0.0.0/33' is no network, such as 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("ip.ip_in(['10.0.0.0/8', 'localhost'])", 24, null)]
    [InlineData("ip.ip_in([net, 5])", 15, null)]
    [InlineData("'localhost'.ip_in('10.0.0.0/8')", 0, null)]
    [InlineData("parse_url('a b')", 10, null)]
    public void A_constant_that_can_never_be_taken_is_found(string text, int offset, string? message)
    {
        var mistake = Assert.Throws<ExpressionException>(() => Expression.Parse(text));
        Assert.Equal(message ?? mistake.Message, mistake.Message);
        Assert.Equal(offset, mistake.Offset);
    }

    [Theory]
    [InlineData("true || 1 / 0 > 1")]
    [InlineData("1 / 0 > 1 || true")]
    [InlineData("!(false && [1][5] == 1)")]
    [InlineData("status > 0 ? true : 1 / 0 == 1")]
    [InlineData("cel.bind(x, 1 / 0, true)")]
    [InlineData("[].all(x, 1 / 0 > x)")]
    [InlineData("1 == 1.0 && 1 != 'a' && 1 < 2u && 1.5 > 1")]
    [InlineData("dyn('a') != 1 && dyn(1) < 2.0")]
    [InlineData("status + 1 > 1 || path + 'x' == path")]
    [InlineData("[1, 'foo'].exists(e, e == 'foo')")]
    [InlineData("[1, 'foo'].all(e, type(e) == int ? e + 1 > 0 : e + 'x' != '')")]
    [InlineData("{}.all(k, v, k.startsWith('a') && v + 1 > 2) && [].all(x, x + 1 == 2)")]
    [InlineData("(ok ? 1 : 'x') == 1")]
    [InlineData("'a' in {'a': 1} && {'a': {'b': 2}}.a.b + 1 == 3")]
    [InlineData("{'a': 1}.b == 1 || true")]
    [InlineData("null.x == 1 || true")]
    [InlineData("math.greatest([1, 2.5]) > 1 && math.greatest(status, 1) > 1u")]
    [InlineData("(time - duration('1h')) < time && time - time == duration('0s')")]
    [InlineData("(-status) + 1 < 1000 && [status, 'x'][0] == status")]
    [InlineData("cel.bind(meta, {'partition': 'x'}, meta.partition + 'y' == 'xy')")]
    [InlineData("type(1) == int && type(path) == string && bytes('a') == b'a'")]
    public void What_may_work_is_let_pass(string text)
    {
        var row = new Row().With("status", Value.Of(503L)).With("path", Value.Of("/x")).With("ok", Value.Of(true)).With("time", Value.OfTimestamp(1_000_000_000_000));
        Assert.True(row.Test(text, out var error), error);
    }

    [Theory]
    [InlineData("status > 1", ValueKind.Bool)]
    [InlineData("status", null)]
    [InlineData("status + 1", ValueKind.Int)]
    [InlineData("status + other", null)]
    [InlineData("ok ? 1 : 2", ValueKind.Int)]
    [InlineData("ok ? 1 : 'x'", null)]
    [InlineData("time - now()", ValueKind.Duration)]
    [InlineData("now() - time", null)]
    [InlineData("'a,b'.split(',')[0]", ValueKind.String)]
    [InlineData("path.split(',')[0]", ValueKind.String)]
    [InlineData("dyn(1)", null)]
    [InlineData("lookup('t', 1)", null)]
    [InlineData("parse_url(path)", ValueKind.Map)]
    [InlineData("tags.map(t, size(t))[0]", ValueKind.Int)]
    public void The_type_of_the_result_is_known(string text, ValueKind? kind) => Assert.Equal(kind, Expression.Parse(text).ResultType);

    [Theory]
    [InlineData("size(path)", 0)]
    [InlineData("  path + 'x'", 2)]
    [InlineData("ok ? 1 : 2", 0)]
    public void A_condition_that_is_none_is_found(string text, int offset) =>
        Assert.Equal(offset, Assert.Throws<ExpressionException>(() => Expression.ParseCondition(text)).Offset);

    [Fact]
    public void A_condition_that_may_be_one_is_taken()
    {
        Assert.Equal("ok", Expression.ParseCondition("ok").Text);
        Assert.Equal(ValueKind.Bool, Expression.ParseCondition("ok && fine").ResultType);
    }
}
