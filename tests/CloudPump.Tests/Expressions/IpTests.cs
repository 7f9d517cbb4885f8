using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public sealed class IpTests
{
    [Theory]
    [InlineData("10.1.2.3", "10.0.0.0/8", true)]
    [InlineData("11.1.2.3", "10.0.0.0/8", false)]
    [InlineData("10.255.255.255", "10.0.0.0/8", true)]
    [InlineData("192.168.1.1", "192.168.1.1", true)]
    [InlineData("192.168.1.2", "192.168.1.1/32", false)]
    [InlineData("192.168.1.129", "192.168.1.128/25", true)]
    [InlineData("192.168.1.127", "192.168.1.128/25", false)]
    [InlineData("255.1.2.3", "0.0.0.0/0", true)]
    [InlineData("::ffff:10.1.2.3", "10.0.0.0/8", true)]
    [InlineData("10.1.2.3", "::ffff:10.0.0.0/104", true)]
    [InlineData("11.1.2.3", "::ffff:10.0.0.0/104", false)]
    [InlineData("2001:db8:1::5", "2001:db8::/32", true)]
    [InlineData("2001:DB9::", "2001:db8::/32", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("::1", "::/0", true)]
    [InlineData("10.1.2.3", "::/0", false)]
    [InlineData("::1", "0.0.0.0/0", false)]
    [InlineData("fe80::1", "fe80::/10", true)]
    [InlineData("fec0::1", "fe80::/10", false)]
    public void An_address_lies_in_a_network(string address, string network, bool expected)
    {
        var row = new Row().With("ip", Value.Of(address)).With("net", Value.Of(network)).With("nets", Value.OfList(Value.Of("9.9.9.9"), Value.Of(network)));
        foreach (var argument in (string[])[$"'{network}'", $"['8.8.8.8/32', '{network}']", "net", "nets", "[net]"])
        {
            Assert.Equal(expected, row.Test($"ip.ip_in({argument})", out var error));
            Assert.Null(error);
        }

        Assert.False(row.Test("ip.ip_in([])", out _));
    }

    [Theory]
    [InlineData("host.ip_in('10.0.0.0/8')", "the text is no IP address")]
    [InlineData("host.ip_in(['10.0.0.0/8'])", "the text is no IP address")]
    [InlineData("number.ip_in('10.0.0.0/8')", "'ip_in' does not take (int, string)")]
    [InlineData("number.ip_in(['10.0.0.0/8'])", "'ip_in' does not take (int, list)")]
    [InlineData("ip.ip_in(number)", "'ip_in' does not take (string, int)")]
    [InlineData("ip.ip_in([number])", "'ip_in' does not take (string, list)")]
    [InlineData("ip.ip_in(host)", "the text is no network, such as 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("ip.ip_in(ip + '/8')", "the text is no network, such as 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("ip.ip_in([ip + '/33'])", "the text is no network, such as 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("ip.ip_in(ip + '/')", "the text is no network, such as 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("ip.ip_in(ip + '/+8')", "the text is no network, such as 10.0.0.0/8 or 2001:db8::/32")]
    [InlineData("ip.ip_in('::ffff:' + ip + '/95')", "the text is no network, such as 10.0.0.0/8 or 2001:db8::/32")]
    public void What_cannot_be_told_has_a_reason(string condition, string reason)
    {
        var row = new Row().With("ip", Value.Of("10.1.2.3")).With("host", Value.Of("example.com")).With("number", Value.Of(1L));
        Assert.False(row.Test(condition, out var error));
        Assert.Equal(reason, error);
    }

    [Fact]
    public void An_event_without_address_does_not_meet_the_condition()
    {
        Assert.False(new Row().Test("client_ip.ip_in('10.0.0.0/8')", out var error));
        Assert.Null(error);
    }

    [Theory]
    [InlineData("client_ip.ip_in('10.0.0.0/8')")]
    [InlineData("client_ip.ip_in(['127.0.0.0/8', '2001:db8::/32', '10.0.0.0/8'])")]
    [InlineData("client_ip.ip_in(net)")]
    public void The_test_takes_no_memory(string condition)
    {
        var row = new Row().With("client_ip", Value.Of("10.1.2.3")).With("net", Value.Of("10.0.0.0/8"));
        Assert.Equal(0, Memory.Of(Expression.Parse(condition).Compile(row.Batch.Fields), row));
    }
}
