using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("'a'.startsWith('a') && 'abc'.contains('b') && !('x' == 'y')", "true")]
    [InlineData("'abc'.matches('^a' + '.*c$')", "true")]
    [InlineData("1 < 2 ? 'less'.upper() : 'more'", "\"LESS\"")]
    [InlineData("'10.1.2.3'.ip_in(['127.0.0.0/8', '10.0.0.0/8'])", "true")]
    [InlineData("format_time(timestamp(0), 'yyyy.MM.dd')", "\"1970.01.01\"")]
    [InlineData("format_time(timestamp(0), 'HH:mm', '+02:00')", "\"02:00\"")]
    [InlineData("hash('abc', 'md5')", "\"900150983cd24fb0d6963f7d28e17f72\"")]
    [InlineData("hmac('a', 'key') == hmac('a', 'k' + 'ey')", "true")]
    [InlineData("parse_url('/a?b=c').parameters == {'b': 'c'}", "true")]
    [InlineData("3 in [1, 2, 3] || 1.5 in {}", "true")]
    [InlineData("['a', 'b'].join('-') + {'k': 'v'}['k']", "\"a-bv\"")]
    [InlineData("timestamp('2026-10-10T00:00:00Z').getFullYear() + duration('90m').getHours()", "2027")]
    public void A_constant_part_is_computed_once(string text, string json)
    {
        var node = Assert.IsType<ConstantNode>(Bind(text));
        Assert.Equal(json, node.Value.ToString());
    }

    [Theory]
    [InlineData("now()")]
    [InlineData("uuid()")]
    [InlineData("sample(0.5)")]
    [InlineData("lookup('t', 1)")]
    [InlineData("1 / 0")]
    public void What_depends_on_the_event_or_fails_is_not(string text) => Assert.IsNotType<ConstantNode>(Bind(text));

    [Theory]
    [InlineData("path.matches('^/' + 'a')", typeof(MatchNode))]
    [InlineData("ip.ip_in('10.0.0' + '.0/8')", typeof(IpInNode))]
    [InlineData("format_time(time, 'yyyy' + '.MM')", typeof(FormatTimeNode))]
    [InlineData("hmac(path, key)", typeof(HmacNode))]
    public void What_is_constant_in_a_call_is_read_once(string text, Type node) => Assert.IsType(node, Bind(text));

    private static Node Bind(string text) => new Binder(new FieldTable()).Bind(new Parser(text, isChecked: false).ParseAll());
}
