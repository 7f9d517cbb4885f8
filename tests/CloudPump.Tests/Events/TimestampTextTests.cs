using System.Text;
using CloudPump.Events;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPump.Tests.Events;

public sealed class TimestampTextTests
{
    [Fact]
    public void What_is_written_reads_back()
    {
        var times = ArbMap.Default.GeneratorFor<ulong>().Select(n => (long)(n % (ulong)(DateTime.MaxValue.Ticks + 1)));
        var edges = Gen.Elements(0L, 1L, DateTime.MaxValue.Ticks, DateTime.MaxValue.Ticks - 9_999_999, new DateTime(2026, 10, 10, 0, 0, 0, DateTimeKind.Utc).Ticks);
        var cases = Gen.OneOf(times, edges, times.Select(t => t - (t % TimeSpan.TicksPerSecond))).Zip(Gen.Choose(0, 99)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithReplay(1, 1).WithMaxTest(5_000), Prop.ForAll(cases, c =>
        {
            var text = TimestampText.Format(c.Item1, c.Item2);
            return TimestampText.TryParse(Encoding.ASCII.GetBytes(text), out var ticks, out var nanos)
                && (ticks, nanos) == (c.Item1, c.Item2) && text.Length <= TimestampText.MaxLength;
        }));
    }

    [Theory]
    [InlineData("2026-10-10T13:55:36Z", "2026-10-10T13:55:36Z")]
    [InlineData("2026-10-10t13:55:36z", "2026-10-10T13:55:36Z")]
    [InlineData("2026-10-10 13:55:36.5+02:00", "2026-10-10T11:55:36.5Z")]
    [InlineData("2026-10-10T23:59:59.120-01:30", "2026-10-11T01:29:59.12Z")]
    [InlineData("2026-10-10T13:55:36.1234567891Z", "2026-10-10T13:55:36.123456789Z")]
    [InlineData("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z")]
    public void Rfc3339_is_read(string text, string expected)
    {
        Assert.True(TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out var ticks, out var nanos));
        Assert.Equal(expected, TimestampText.Format(ticks, nanos));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-10-10")]
    [InlineData("2026-10-10T13:55:36")]
    [InlineData("2026-10-10T13:55:36.Z")]
    [InlineData("2026-10-10T13:55:36.5")]
    [InlineData("2026-02-29T13:55:36Z")]
    [InlineData("2026-10-10T24:00:00Z")]
    [InlineData("2026-10-10T13:55:36+24:00")]
    [InlineData("2026-10-10T13:55:36+0200")]
    [InlineData("2026-10-10T13:55:36Zx")]
    [InlineData("2026-10-10x13:55:36Z")]
    [InlineData("0000-10-10T13:55:36Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("2026-10-10T13:55:36.00000000000000000000000000Z")]
    [InlineData("２026-10-10T13:55:3Z")]
    public void Everything_else_is_not(string text) => Assert.False(TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
}
