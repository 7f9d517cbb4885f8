using CloudPump.Pipelines;

namespace CloudPump.Tests.Pipelines;

public sealed class ValueTextTests
{
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal) { ["A"] = "x", ["EMPTY"] = "" };

    [Theory]
    [InlineData("500ms", 5_000_000)]
    [InlineData("30s", 300_000_000)]
    [InlineData("5m", 3_000_000_000)]
    [InlineData("1h", 36_000_000_000)]
    [InlineData("7d", 6_048_000_000_000)]
    [InlineData("1h30m", 54_000_000_000)]
    [InlineData("1.5s", 15_000_000)]
    [InlineData(" 2s ", 20_000_000)]
    [InlineData("0s", 0)]
    [InlineData("0.0001ms", 1)]
    public void A_duration_is_read(string text, long ticks)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(ticks, duration.Ticks);
        Assert.True(Duration.TryParse(Duration.Format(duration), out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("5 s")]
    [InlineData("-5s")]
    [InlineData("5x")]
    [InlineData("5S")]
    [InlineData("1.2.3s")]
    [InlineData("1s2")]
    [InlineData("99999999999d")]
    [InlineData("999999999999999999999999999999999s")]
    public void Everything_else_is_no_duration(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData(10_000_000, "1s")]
    [InlineData(600_000_000, "1m")]
    [InlineData(54_000_000_000, "90m")]
    [InlineData(864_000_000_000, "1d")]
    [InlineData(15_000, "1.5ms")]
    [InlineData(0, "0s")]
    public void A_duration_is_written_in_its_largest_unit(long ticks, string text) => Assert.Equal(text, Duration.Format(TimeSpan.FromTicks(ticks)));

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("512", 512, "512")]
    [InlineData("512b", 512, "512")]
    [InlineData("64kb", 65_536, "64kb")]
    [InlineData("1MB", 1_048_576, "1mb")]
    [InlineData("1024kb", 1_048_576, "1mb")]
    [InlineData("2 gb", 2_147_483_648, "2gb")]
    [InlineData("1025", 1_025, "1025")]
    public void A_size_is_read_and_written(string text, long bytes, string written)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal(bytes, size.Bytes);
        Assert.Equal(written, size.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("kb")]
    [InlineData("-1")]
    [InlineData("1.5mb")]
    [InlineData("1tb")]
    [InlineData("9223372036854775807kb")]
    public void Everything_else_is_no_size(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("${A}", "x")]
    [InlineData("a${A}b${A}", "axbx")]
    [InlineData("${NONE:-default}", "default")]
    [InlineData("${EMPTY:-default}", "default")]
    [InlineData("${NONE:-}", "")]
    [InlineData("${A:-default}", "x")]
    [InlineData("${EMPTY}", "")]
    [InlineData("$${A}", "${A}")]
    [InlineData("${A}$${A}${A}", "x${A}x")]
    [InlineData("$A {A} $", "$A {A} $")]
    [InlineData("open ${A", "open ${A")]
    public void The_environment_is_filled_in(string text, string expected)
    {
        Assert.Equal(expected, EnvironmentText.Expand(text, Environment.GetValueOrDefault, out var missing));
        Assert.Null(missing);
    }

    [Fact]
    public void A_missing_variable_is_named()
    {
        EnvironmentText.Expand("${A} ${NONE} ${OTHER}", Environment.GetValueOrDefault, out var missing);
        Assert.Equal("NONE", missing);
    }

    [Theory]
    [InlineData("fliter", "filter")]
    [InlineData("routes", "route")]
    [InlineData("st", "set")]
    [InlineData("geo_ip", "geoip")]
    [InlineData("transform", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_found(string word, string? expected) =>
        Assert.Equal(expected, Nearest.Find(word, ["filter", "route", "set", "geoip", "anonymize"]));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    public void Distance_counts_edits_and_swaps(string a, string b, int distance)
    {
        Assert.Equal(distance, Nearest.Distance(a, b));
        Assert.Equal(distance, Nearest.Distance(b, a));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a0-_", true)]
    [InlineData("a23456789012345678901234567890123456789x", true)]
    [InlineData("a23456789012345678901234567890123456789xy", false)]
    [InlineData("0a", false)]
    [InlineData("A", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    public void Pipeline_names_follow_the_rule(string name, bool valid) => Assert.Equal(valid, PipelineName.IsValid(name));
}
