using CloudPump.App.Storage;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Parcels;

namespace CloudPump.Tests.App.Azurite;

public class TableProgressTests : AzuriteTests
{
    private static readonly DateTimeOffset Moved = new(2026, 10, 10, 12, 0, 0, 123, TimeSpan.Zero);

    private TableProgress Progress => new(Account.Tables, Account.Blobs);

    [Fact]
    public async Task A_row_comes_back_as_it_was_written_and_knows_its_version()
    {
        Assert.Null(await Progress.FindAsync("a", "hub/0", Token));
        var seen = new SeenEvents();
        seen.Add("way", 3, 90_000);
        var written = Row("hub/0", 17) with { Seen = seen };

        var version = await Progress.CommitAsync("a", written, [], Token);

        var read = await Progress.FindAsync("a", "hub/0", Token);
        Assert.NotNull(read);
        Assert.Equal((version, Moved), (read.Version, read.Moved));
        Assert.Equal(written.Progress.Save(), read.Progress.Save());
        Assert.Equal(seen.Save(), read.Seen.Save());
    }

    [Fact]
    public async Task Versions_go_on_from_commit_to_commit_without_a_read()
    {
        string? version = null;
        for (var position = 1; position <= 5; position++)
        {
            version = await Progress.CommitAsync("a", Row("hub/0", position, version), [Pieces.Of(0, position)], Token);
        }

        Assert.Equal((version, 5L), await VersionAsync());
    }

    [Fact]
    public async Task A_row_that_somebody_else_has_moved_is_stale_and_no_piece_is_written()
    {
        var first = await Progress.CommitAsync("a", Row("hub/0", 1), [], Token);
        var second = await Progress.CommitAsync("a", Row("hub/0", 2, first), [], Token);

        await Assert.ThrowsAsync<StaleProgressException>(() => Progress.CommitAsync("a", Row("hub/0", 3, first), [Pieces.Of(0, 1)], Token));

        Assert.Equal((second, 2L), await VersionAsync());
        Assert.Empty(await Progress.PiecesAsync("a", "hub/0", Pieces.Analyzer, 0, 1, Token));
    }

    [Fact]
    public async Task Of_two_that_write_the_first_row_one_is_stale()
    {
        async Task<bool> WriteAsync(int position)
        {
            try
            {
                await Progress.CommitAsync("a", Row("hub/0", position), [Pieces.Of(0, position)], Token);
                return true;
            }
            catch (StaleProgressException)
            {
                return false;
            }
        }

        Assert.Single(await Task.WhenAll(WriteAsync(1), WriteAsync(2), WriteAsync(3)), won => won);
    }

    [Fact]
    public async Task A_pipelines_rows_are_its_own()
    {
        string[] others = ["a-b", "ab", "a.b", "a b", "A", "a:b", "a;"];
        await Task.WhenAll(others.Append("a").Select(p => Progress.CommitAsync(p, Row("hub/0", 1), [Pieces.Of(0, 1)], Token)));
        await Progress.CommitAsync("a", Row("hub/1", 2), [], Token);

        Assert.Equal(["hub/0", "hub/1"], (await Progress.ListAsync("a", Token)).Select(r => r.Progress.Partition).Order(StringComparer.Ordinal));
        Assert.All(await Task.WhenAll(others.Select(o => Progress.ListAsync(o, Token))), rows => Assert.Single(rows));
    }

    private static ProgressRow Row(string partition, long position, string? version = null) =>
        new(new PartitionProgress(partition, position, "identity", Ended: false, new Dictionary<string, AnalyzerMark>(StringComparer.Ordinal)), new SeenEvents(), Moved, Moved, version);

    private async Task<(string?, long)> VersionAsync() => await Progress.FindAsync("a", "hub/0", Token) is { } row ? (row.Version, row.Progress.Position) : default;
}
