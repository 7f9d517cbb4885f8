using CloudPump.Pipelines;
using CloudPump.Transformers;

namespace CloudPump.Tests.Transformers;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("rfc3339", "\"2026-10-10T13:55:36.123456789+02:00\"", "2026-10-10T11:55:36.123456789Z")]
    [InlineData("unix", "1760104536", "2025-10-10T13:55:36Z")]
    [InlineData("unix", "1760104536.25", "2025-10-10T13:55:36.25Z")]
    [InlineData("unix", "\"-1.5\"", "1969-12-31T23:59:58.5Z")]
    [InlineData("unix_ms", "1760104536001", "2025-10-10T13:55:36.001Z")]
    [InlineData("unix_us", "\"1760104536000001\"", "2025-10-10T13:55:36.000001Z")]
    [InlineData("unix_ns", "1760104536000000001", "2025-10-10T13:55:36.000000001Z")]
    [InlineData("http", "\"Fri, 10 Oct 2025 13:55:36 GMT\"", "2025-10-10T13:55:36Z")]
    [InlineData("access_log", "\"10/Oct/2025:13:55:36 -0700\"", "2025-10-10T20:55:36Z")]
    [InlineData("dd.MM.yyyy HH:mm", "\"10.07.2026 13:55\"", "2026-07-10T13:55:00Z")]
    [InlineData("M/d/yy h:mm tt", "\"7/4/69 12:05 am\"", "1969-07-04T00:05:00Z")]
    [InlineData("M/d/yy h:mm tt", "\"7/4/26 12:05 PM\"", "2026-07-04T12:05:00Z")]
    [InlineData("yyyyMMdd'T'HHmmss.fff zzz", "\"20260704T120501.5 +05:30\"", "2026-07-04T06:35:01.5Z")]
    [InlineData("d MMMM yyyy", "\"1 march 2026\"", "2026-03-01T00:00:00Z")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "\"2016-12-31 23:59:60\"", "2016-12-31T23:59:59Z")]
    public void Formats_are_read(string format, string value, string expected) =>
        Assert.Equal($$"""{"t":"{{expected}}"}""", Bench.Apply(new Timestamp { Field = "t", Formats = [format] }, $$"""{"t":{{value}}}"""));

    [Theory]
    [InlineData("2026-01-02T00:00:00Z", "Dec  9 01:02:03", "2025-12-09T01:02:03Z")]
    [InlineData("2025-12-31T23:59:59Z", "Jan  1 00:00:01", "2026-01-01T00:00:01Z")]
    [InlineData("2026-06-15T00:00:00Z", "Jun 14 10:00:00", "2026-06-14T10:00:00Z")]
    public void A_text_without_a_year_is_of_the_year_nearest_to_its_receipt(string received, string text, string expected)
    {
        var bench = new Bench();
        var json = System.Text.Encoding.UTF8.GetBytes($$"""{"t":"{{text}}"}""");
        var at = DateTimeOffset.Parse(received, System.Globalization.CultureInfo.InvariantCulture).UtcTicks;
        bench.Batch.Add(new CloudPump.Events.EventHeader { RawOffset = bench.Batch.Append(json), RawLength = json.Length, Received = at });
        Assert.Equal($$"""{"t":"{{expected}}"}""", bench.Run(new CloudPump.Parsers.Json(), new Timestamp { Field = "t", Formats = ["syslog"] }).Single);
    }

    [Theory]
    [InlineData("2026-07-10 13:55", "2026-07-10T11:55:00Z")]
    [InlineData("2026-01-10 13:55", "2026-01-10T12:55:00Z")]
    public void A_time_zone_has_its_summer_time(string text, string expected) => Assert.Equal(
        $$"""{"t":"{{expected}}"}""", Bench.Apply(new Timestamp { Field = "t", Formats = ["yyyy-MM-dd HH:mm"], TimeZone = "Europe/Berlin" }, $$"""{"t":"{{text}}"}"""));

    [Theory]
    [InlineData("rfc3339", "\"2026-13-10T00:00:00Z\"")]
    [InlineData("unix", "1e30")]
    [InlineData("unix", "\"9223372036854775807\"")]
    [InlineData("unix", "{}")]
    [InlineData("dd.MM.yyyy", "\"31.02.2026\"")]
    [InlineData("dd.MM.yyyy", "\"1.02.2026\"")]
    [InlineData("dd.MM.yyyy", "\"01.02.2026x\"")]
    [InlineData("HH:mm", "\"24:00\"")]
    [InlineData("hh:mm tt", "\"13:00 PM\"")]
    [InlineData("http", "\"\"")]
    public void What_is_of_none_of_the_formats_is_a_dead_letter(string format, string value) => Assert.Equal(
        "The field 't' is a time of none of the formats that are asked for.", new Bench().Add($$"""{"t":{{value}}}""").Run(new CloudPump.Parsers.Json(), new Timestamp { Field = "t", Formats = [format] }).Reason);

    [Fact]
    public void The_first_format_that_fits_counts() =>
        Assert.Equal("""{"t":"2026-01-02T00:00:00Z"}""", Bench.Apply(new Timestamp { Field = "t", Formats = ["rfc3339", "unix", "yyyy-MM-dd"] }, """{"t":"2026-01-02"}"""));

    [Theory]
    [InlineData("QQ", "UTC", "'QQ' is no part of a time")]
    [InlineData("yyyy 'T", "UTC", "a quote is never closed")]
    [InlineData("yyyy", "Mars/Base", "There is no time zone 'Mars/Base'")]
    public void Mistakes_are_told(string format, string zone, string message)
    {
        var found = new List<Diagnostic>();
        new Timestamp { Field = "t", Formats = [format], TimeZone = zone }.Check(new CheckReport(found));
        Assert.Contains(message, Assert.Single(found).Message, StringComparison.Ordinal);
    }
}
