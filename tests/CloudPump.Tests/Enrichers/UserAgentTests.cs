using CloudPump.Enrichers;

namespace CloudPump.Tests.Enrichers;

public sealed class UserAgentTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.91", """{"browser":"Edge","version":"120.0.2210.91","os":"Windows","os_version":"10","device":"desktop"}""")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Safari/605.1.15", """{"browser":"Safari","version":"17.2","os":"macOS","os_version":"10.15.7","device":"desktop"}""")]
    [InlineData("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0", """{"browser":"Firefox","version":"121.0","os":"Ubuntu","device":"desktop"}""")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.43 Mobile Safari/537.36", """{"browser":"Chrome","version":"120.0.6099.43","os":"Android","os_version":"14","device":"mobile"}""")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; SM-X906C) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0.0.0 Safari/537.36", """{"browser":"Samsung Internet","version":"23.0","os":"Android","os_version":"13","device":"tablet"}""")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/119.0.6045.169 Mobile/15E148 Safari/604.1", """{"browser":"Chrome","version":"119.0.6045.169","os":"iPadOS","os_version":"16.6","device":"tablet"}""")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Safari/537.36", """{"browser":"Chrome","version":"119.0.0.0","os":"ChromeOS","os_version":"14541.0.0","device":"desktop"}""")]
    [InlineData("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", """{"browser":"Internet Explorer","version":"11.0","os":"Windows","os_version":"7","device":"desktop"}""")]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", """{"bot":"Googlebot","device":"bot"}""")]
    [InlineData("curl/8.4.0", """{"bot":"curl","device":"bot"}""")]
    [InlineData("SomethingCrawler/1.0", """{"bot":"SomethingCrawler","device":"bot"}""")]
    [InlineData("x", """{"device":"other"}""")]
    public void Common_user_agents_are_known(string text, string expected) =>
        Assert.EndsWith(",\"ua\":" + expected + "}", Bench.Apply(new UserAgent(), $$"""{"user_agent":"{{text}}"}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"user_agent":""}""")]
    [InlineData("""{"user_agent":5}""")]
    public void What_is_no_text_gives_nothing(string json) => Assert.Equal(json, Bench.Apply(new UserAgent(), json));

    [Fact]
    public void The_agents_of_a_real_log_are_mostly_known()
    {
        var lines = File.ReadLines(TestData.Require("access-logs/elastic-apache-combined-10k.log"));
        var events = new Bench().Add(lines).Run(new CloudPump.Parsers.AccessLog(), new UserAgent()).Events;
        var agents = events.Where(e => e.Contains("\"ua\":", StringComparison.Ordinal)).ToList();
        Assert.True(agents.Count(e => e.Contains("\"device\":\"other\"", StringComparison.Ordinal)) * 10 < agents.Count);
        Assert.InRange(agents.Count(e => e.Contains("\"bot\":", StringComparison.Ordinal)), 1_000, 6_000);
    }

    [Fact]
    public void A_known_agent_costs_no_memory()
    {
        var bench = new Bench().Add(Enumerable.Repeat("""{"user_agent":"Mozilla/5.0 (Windows NT 10.0) Firefox/1"}""", 500));
        var steps = new[] { new CloudPump.Parsers.Json().Build(bench.Context), new UserAgent().Build(bench.Context) };
        bench.Run(steps);
        Assert.Equal(0, Measure(() => steps[1].Process(bench.Batch)));
    }

    // The first run may let the arena grow; a later one does not.
    private static long Measure(Action run)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
