using CloudPump.Lookups.Tables;

namespace CloudPump.Tests.Lookups;

public sealed class KeyHashTests
{
    [Fact]
    public void Every_byte_of_a_key_of_any_length_counts()
    {
        var random = new Random(4);
        for (var length = 0; length <= LookupTable.MaxKey; length++)
        {
            var key = new byte[length];
            random.NextBytes(key);
            var hash = KeyHash.Of(key);
            Assert.Equal(hash, KeyHash.Of([.. key]));
            Assert.NotEqual(hash, KeyHash.Of([.. key, 0]));
            for (var at = 0; at < length; at++)
            {
                key[at] ^= (byte)(1 << random.Next(8));
                Assert.NotEqual(hash, KeyHash.Of(key));
                hash = KeyHash.Of(key);
            }
        }
    }

    [Theory]
    [InlineData("D1")]
    [InlineData("D7")]
    [InlineData("D15")]
    [InlineData("D40")]
    public void Numbers_are_spread_evenly(string format)
    {
        const int Places = 1 << 16;
        var (slots, tags) = (new HashSet<ulong>(), new int[64]);
        for (var i = 0; i < Places; i++)
        {
            var hash = KeyHash.Of(System.Text.Encoding.ASCII.GetBytes(i.ToString(format, System.Globalization.CultureInfo.InvariantCulture)));
            slots.Add(hash % Places);
            tags[(uint)(hash >> 32) >> 26]++;
        }

        // As many as at random: 1 - 1/e of the places, and a 64th of the keys for each tag.
        Assert.InRange(slots.Count / (double)Places, 0.625, 0.64);
        Assert.All(tags, t => Assert.InRange(t, 850, 1_200));
    }
}
