using System.Text;
using CloudPump.Events;

namespace CloudPump.Tests.Events;

public sealed class StableHashTests
{
    // XXH64 with seed 0, as the reference implementation (xxHash 0.8) and its ports give them.
    [Theory]
    [InlineData("", 0xef46db3751d8e999)]
    [InlineData("a", 0xd24ec4f1a98c6e5b)]
    [InlineData("abc", 0x44bc2cf5ad770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xfbcea83c8a378bf1)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789", 0x64f23ecf1609b766)]
    public void Gives_the_published_hashes(string text, ulong hash) => Assert.Equal(hash, StableHash.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Every_byte_counts_at_every_length()
    {
        var data = new byte[100];
        var hashes = new HashSet<ulong>();
        for (var length = 0; length <= data.Length; length++)
        {
            Assert.True(hashes.Add(StableHash.Of(data.AsSpan(0, length))));
            for (var at = 0; at < length; at++)
            {
                data[at] = 1;
                Assert.True(hashes.Add(StableHash.Of(data.AsSpan(0, length))));
                data[at] = 0;
            }
        }
    }
}
