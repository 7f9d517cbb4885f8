using System.Net;
using System.Text;
using CloudPump.Lookups.Geo;

namespace CloudPump.Tests.Lookups;

public sealed class AddressParserTests
{
    [Fact]
    public void Parses_addresses_like_the_platform()
    {
        string[] texts =
        [
            "1.2.3.4", "255.255.255.255", "0.0.0.0", "256.1.1.1", "1.2.3", "1.2.3.4.5", "1..2.3", "1.2.3.4 ", "::", "::1", "1::", "1::2",
            "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":::", ":1", "1:", "1:2:3:4:5:6:1.2.3.4", "::1.2.3.4",
            "64:ff9b::1.2.3.4", "12345::", "g::", "fe80::1", "2001:DB8::aBcD", "1:2:3:4:5:6:7:1.2.3.4", "1.2.3.4::", "::1.2.3.4:5",
        ];
        Span<byte> room = stackalloc byte[16];
        foreach (var text in texts)
        {
            // The platform takes short forms such as 1.2.3 too; they are no addresses in a log.
            var isExpected = IPAddress.TryParse(text.AsSpan(), out var expected) && (text.Contains(':') || text.Count(c => c == '.') == 3);
            var parsed = AddressParser.TryParse(Encoding.UTF8.GetBytes(text), room, out var length);
            Assert.True(isExpected == parsed, text);
            if (parsed)
            {
                Assert.Equal(expected!.GetAddressBytes(), room[..length].ToArray());
            }
        }

        Assert.False(AddressParser.TryParse("01.2.3.4"u8, room, out _));
    }

    [Theory]
    [InlineData("192.168.1.1", false)]
    [InlineData("172.15.0.1", true)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.128.0.1", true)]
    [InlineData("198.19.255.255", false)]
    [InlineData("203.0.113.9", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("169.254.1.1", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.1.2.1", true)]
    [InlineData("fd00::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2a00::1", true)]
    public void Knows_public_addresses(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.Contains(IPAddress.Parse(address).GetAddressBytes()));
}
