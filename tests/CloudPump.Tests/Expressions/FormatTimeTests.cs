using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public sealed class FormatTimeTests
{
    private const string Time = "timestamp('2026-03-09T08:05:07.012345678Z')";

    [Theory]
    [InlineData("yyyy.MM.dd", "2026.03.09")]
    [InlineData("yyyyMMdd-HHmmss", "20260309-080507")]
    [InlineData("yy/MMM/dd ddd", "26/Mar/09 Mon")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fffzzz", "2026-03-09T08:05:07.012+00:00")]
    [InlineData("ss.ffffff ss.fffffffff", "07.012345 07.012345678")]
    [InlineData("'year' yyyy '''' ''", "year 2026 '' '")]
    [InlineData("'it''s' HH 'h'", "it's 08 h")]
    [InlineData("yyyy年MM月 😀", "2026年03月 😀")]
    [InlineData("", "")]
    public void A_pattern_says_how_a_time_is_written(string pattern, string expected)
    {
        var row = new Row().With("time", new Row().Evaluate(Time)).With("pattern", Value.Of(pattern));
        Assert.Equal($"\"{expected}\"", row.Evaluate($"format_time(time, \"{pattern}\")").ToString());
        Assert.Equal($"\"{expected}\"", row.Evaluate($"format_time({Time}, \"{pattern}\")").ToString());
        Assert.Equal($"\"{expected}\"", row.Evaluate("format_time(time, pattern)").ToString());
        Assert.Equal($"\"{expected}\"", row.Evaluate("format_time(time, pattern, 'UTC')").ToString());
    }

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", "Europe/Prague", "29 01:59 +01:00")]
    [InlineData("2026-03-29T01:00:00Z", "Europe/Prague", "29 03:00 +02:00")]
    [InlineData("2026-03-29T01:00:00Z", "-02:30", "28 22:30 -02:30")]
    [InlineData("2026-03-29T23:00:00Z", "Asia/Kolkata", "30 04:30 +05:30")]
    [InlineData("0001-01-01T00:00:00Z", "-05:00", "01 00:00 -05:00")]
    public void A_zone_says_what_the_clock_there_shows(string time, string zone, string expected)
    {
        var row = new Row().With("time", new Row().Evaluate($"timestamp('{time}')")).With("zone", Value.Of(zone));
        Assert.Equal($"\"{expected}\"", row.Evaluate($"format_time(time, 'dd HH:mm zzz', '{zone}')").ToString());
        Assert.Equal($"\"{expected}\"", row.Evaluate("format_time(time, 'dd HH:mm zzz', zone)").ToString());
    }

    [Theory]
    [InlineData("format_time(time, bad)", "the pattern of the time is not one that format_time knows")]
    [InlineData("format_time(time, 'yyyy', bad)", "the time zone is unknown")]
    [InlineData("format_time(number, 'yyyy')", "'format_time' does not take (int, string)")]
    [InlineData("format_time(time, number)", "'format_time' does not take (timestamp, int)")]
    [InlineData("format_time(time, 'yyyy', number)", "'format_time' does not take (timestamp, string, int)")]
    public void What_cannot_be_written_has_a_reason(string expression, string reason)
    {
        var row = new Row().With("time", new Row().Evaluate(Time)).With("bad", Value.Of("qq")).With("number", Value.Of(1L));
        Assert.Equal(reason.Replace("timestamp", TypeNames.Of(ValueKind.Timestamp), StringComparison.Ordinal), row.Evaluate(expression).Reason);
    }

    [Theory]
    [InlineData("format_time(time, 'yyyy.MM.dd')")]
    [InlineData("format_time(time, 'yyyy-MM-ddTHH:mm:ss.fffzzz', 'Europe/Prague')")]
    public void A_constant_pattern_takes_no_memory(string expression)
    {
        var row = new Row().With("time", new Row().Evaluate(Time));
        Assert.Equal(0, Memory.Of(Expression.Parse(expression).Compile(row.Batch.Fields), row));
    }
}
