using CloudPump.App.Storage;
using CloudPump.Hosting.Invocations;

namespace CloudPump.Tests.App.Azurite;

public class TableAnalyzersTests : AzuriteTests
{
    private static readonly DateTimeOffset Since = new(2026, 10, 10, 12, 0, 0, 123, TimeSpan.Zero);

    private TableAnalyzers Analyzers => new(Account.Tables);

    [Fact]
    public async Task The_first_to_make_an_analyzer_known_counts()
    {
        await Analyzers.AddAsync(new KnownAnalyzer("a/counts/1", "{}", Since), Token);
        await Analyzers.AddAsync(new KnownAnalyzer("a/counts/1", "{\"later\":1}", Since.AddDays(1)), Token);

        Assert.Equal([new KnownAnalyzer("a/counts/1", "{}", Since)], await Analyzers.ListAsync(null, Token));
    }

    [Fact]
    public async Task A_pipelines_analyzers_are_its_own()
    {
        string[] keys = ["a/x/1", "a-b/x/1", "ab/x/1", "a b/x/1"];
        await Task.WhenAll(keys.Select(k => Analyzers.AddAsync(new KnownAnalyzer(k, "{}", Since), Token)));

        Assert.Equal(["a/x/1"], (await Analyzers.ListAsync("a", Token)).Select(a => a.Key));
        Assert.Equal(keys.Order(StringComparer.Ordinal), (await Analyzers.ListAsync(null, Token)).Select(a => a.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_shards_have_reached_is_noted_and_gone_with_the_analyzer()
    {
        await Analyzers.AddAsync(new KnownAnalyzer("a/x/1", "{}", Since), Token);
        await Analyzers.SetDueAsync("a/x/1", 3, new ShardDue("before"), Token);
        await Analyzers.SetDueAsync("a/x/1", 3, new ShardDue("after"), Token);
        await Analyzers.SetDueAsync("a/x/1", 98, new ShardDue("end", Gone: true), Token);
        await Analyzers.SetDueAsync("a/x/10", 3, new ShardDue("of another"), Token);

        var due = await Analyzers.DueAsync("a/x/1", Token);
        Assert.Equal(new Dictionary<int, ShardDue> { [3] = new("after"), [98] = new("end", Gone: true) }, due);

        // Two instances may tidy up.
        await Analyzers.RemoveAsync("a/x/1", Token);
        await Analyzers.RemoveAsync("a/x/1", Token);
        Assert.Empty(await Analyzers.ListAsync(null, Token));
        Assert.Empty(await Analyzers.DueAsync("a/x/1", Token));
        Assert.Single(await Analyzers.DueAsync("a/x/10", Token));
    }
}
