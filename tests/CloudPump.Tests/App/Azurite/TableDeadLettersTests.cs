using CloudPump.App.Storage;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Tests.App.Azurite;

public class TableDeadLettersTests : AzuriteTests
{
    private static readonly DateTimeOffset Time = new(2026, 10, 10, 12, 0, 0, 123, TimeSpan.Zero);

    // A name of its own: blobs of letters are named by the pipeline.
    private string Pipeline => Unique;

    private TableDeadLetters Letters => new(Account.Tables, Account.Blobs);

    [Fact]
    public async Task Letters_are_listed_in_the_order_of_their_positions_each_once()
    {
        DeadLetter[] letters = [Letter(20), Letter(3), Letter(100), Letter(3)];
        await Letters.AddAsync(letters, Token);
        await Letters.AddAsync([Letter(100)], Token);
        await Letters.AddAsync([Letter(1) with { Pipeline = Pipeline + "-b" }, Letter(2) with { Pipeline = Pipeline + "b" }], Token);

        var listed = await Letters.ListAsync(Pipeline, 10, Token);

        Assert.Equal([3L, 20L, 100L], listed.Select(l => l.Letter.Id.Offset));
        Assert.Equal(Letter(3) with { Raw = null, Event = null }, listed[0].Letter);
        Assert.Equal([3L, 20L], (await Letters.ListAsync(Pipeline, 2, Token)).Select(l => l.Letter.Id.Offset));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(30 << 10, 1)]
    [InlineData(23 << 10, 250)]
    [InlineData(25 << 10, 3)]
    [InlineData(2 << 20, 1)]
    public async Task Letters_come_back_whole(int size, int count)
    {
        var letters = Enumerable.Range(0, count).Select(i => Letter(i, size)).ToList();
        await Letters.AddAsync(letters, Token);

        var listed = await Letters.ListAsync(Pipeline, 1_000, Token);

        Assert.Equal(count, listed.Count);
        var whole = await Letters.LoadAsync(listed[^1], Token);
        Assert.NotNull(whole);
        Assert.Equal(letters[^1].Raw, whole.Letter.Raw);
        Assert.Equal(letters[^1].Event, whole.Letter.Event);
        Assert.Equal(letters[^1].Id, (await Letters.FindAsync(Pipeline, listed[^1].Id, Token))!.Letter.Id);
        Assert.Null(await Letters.FindAsync(Pipeline, "another", Token));
    }

    [Fact]
    public async Task A_reason_that_is_too_long_for_a_table_is_cut()
    {
        var reason = new string('ü', 999) + "\ud83d\ude00" + new string('x', 40_000);
        var letters = Enumerable.Range(0, 90).Select(i => Letter(i, 23 << 10) with { Reason = reason }).ToList();

        await Letters.AddAsync(letters, Token);

        Assert.All(await Letters.ListAsync(Pipeline, 100, Token), l => Assert.Equal(reason[..999], l.Letter.Reason));
    }

    [Fact]
    public async Task Numbers_rise_over_all_replays_and_stay()
    {
        await Letters.AddAsync([Letter(1), Letter(2), Letter(3)], Token);
        var listed = await Letters.ListAsync(Pipeline, 10, Token);

        var first = await Letters.NumberAsync(Pipeline, [listed[0], listed[2]], Token);
        var second = await Letters.NumberAsync(Pipeline, await Letters.ListAsync(Pipeline, 10, Token), Token);

        Assert.Equal([1L, 2L], first.Select(l => l.Number));
        Assert.Equal([(1L, 1L), (2L, 3L), (3L, 2L)], second.Select(l => (l.Letter.Id.Offset, l.Number)).Order());

        // The version that a number gives is the one under which the letter is read and deleted.
        Assert.All(await Task.WhenAll(second.Select(l => Letters.LoadAsync(l, Token))), Assert.NotNull);
        await Letters.DeleteAsync(second, Token);
        Assert.Empty(await Letters.ListAsync(Pipeline, 10, Token));
    }

    [Fact]
    public async Task Of_two_replays_at_once_one_gets_each_letter()
    {
        await Letters.AddAsync([.. Enumerable.Range(0, 10).Select(i => Letter(i))], Token);
        var listed = await Letters.ListAsync(Pipeline, 10, Token);

        var numbered = await Task.WhenAll(Letters.NumberAsync(Pipeline, listed, Token), Letters.NumberAsync(Pipeline, listed, Token));

        Assert.Equal(listed.Select(l => l.Id), numbered.SelectMany(n => n).Select(l => l.Id).Order(StringComparer.Ordinal));
        Assert.Equal(10, numbered.SelectMany(n => n).Select(l => l.Number).Distinct().Count());
    }

    [Fact]
    public async Task A_letter_that_has_failed_again_stays_when_its_replay_deletes_it()
    {
        await Letters.AddAsync([Letter(1, 100 << 10), Letter(2, 100 << 10)], Token);
        var listed = await Letters.ListAsync(Pipeline, 10, Token);
        await Letters.AddAsync([Letter(2, 100 << 10)], Token);

        Assert.Null(await Letters.LoadAsync(listed[1], Token));
        Assert.Empty(await Letters.NumberAsync(Pipeline, [listed[1]], Token));
        await Letters.DeleteAsync(listed, Token);

        var left = Assert.Single(await Letters.ListAsync(Pipeline, 10, Token));
        Assert.Equal(2, left.Letter.Id.Offset);
        Assert.NotNull(await Letters.LoadAsync(left, Token));
        Assert.Null(await Account.Blobs.GetAsync(CloudPump.Hosting.Invocations.BlobContainers.DeadLetters, listed[0].Place, Token));
    }

    private DeadLetter Letter(long offset, int size = 10)
    {
        var bytes = new byte[size];
        new Random((int)offset).NextBytes(bytes);
        return new DeadLetter(Pipeline, "json", 2, "It is no JSON: 'ü'.", new EventId("hub/clicks", 3, offset, 0), Time, bytes, offset % 2 == 0 ? null : [1, 2, 3]);
    }
}
