using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CloudPump.Connectors.Generate;
using CloudPump.Lookups.Geo;

namespace CloudPump.Tests.Generate;

public sealed class WeblogGeneratorTests
{
    private const int Count = 60_000;
    private static readonly Regex Combined = new(
        """^(?<ip>\S+) - (?<user>\S+) \[01/Mar/2026:10:00:00 \+0000\] "(?<method>GET|POST) (?<path>\S+) HTTP/1\.1" (?<status>\d{3}) (?<bytes>\d+|-) "(?<referrer>[^"]+)" "(?<agent>[^"]+)"$""",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private readonly List<Match> _lines = [.. Lines().Select(line => Combined.Match(line))];

    [Fact]
    public void Lines_are_in_the_combined_format_and_of_usual_length()
    {
        Assert.All(_lines, line => Assert.True(line.Success));
        Assert.InRange(_lines.Average(line => line.Length), 180, 260);
    }

    [Fact]
    public void Statuses_are_mixed_as_in_a_shop_with_some_trouble()
    {
        Assert.InRange(Share(line => line.Groups["status"].Value[0] == '5'), 0.025, 0.035);
        Assert.InRange(Share(line => line.Groups["status"].Value[0] == '4'), 0.07, 0.09);
        Assert.InRange(Share(line => line.Groups["path"].Value == "/health"), 0.004, 0.012);
        Assert.InRange(Share(line => line.Groups["user"].Value != "-"), 0.02, 0.08);
    }

    [Fact]
    public void Some_pages_are_much_more_popular_than_others()
    {
        var visits = _lines.GroupBy(line => line.Groups["path"].Value, StringComparer.Ordinal).Select(group => group.Count()).OrderDescending().ToList();
        Assert.InRange(visits.Count, 1_300, 1_700);
        Assert.InRange(visits.Take(15).Sum(), Count / 4, Count * 3 / 5);
    }

    [Fact]
    public void Every_client_has_a_country_without_a_database()
    {
        using var countries = GeoDatabase.Open(null, null);
        var addresses = _lines.Select(line => line.Groups["ip"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.InRange(addresses.Count, 1_900, 2_000);
        Assert.All(addresses, address => Assert.True(countries.TryFindJson(Encoding.UTF8.GetBytes(address), out _), address));
        Assert.Contains(addresses, address => address.Contains(':', StringComparison.Ordinal));
    }

    [Fact]
    public void Times_are_written_in_utc()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        SampleGenerators.Create("weblogs", 1).Write(1, DateTimeOffset.Parse("2025-12-31T23:30:09-01:00", CultureInfo.InvariantCulture), output);
        Assert.Contains(" [01/Jan/2026:00:30:09 +0000] ", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines()
    {
        var generator = SampleGenerators.Create("weblogs", 42);
        return Enumerable.Range(0, Count).Select(i => SampleGeneratorTests.Line(generator, i));
    }

    private double Share(Func<Match, bool> isCounted) => _lines.Count(isCounted) / (double)Count;
}
