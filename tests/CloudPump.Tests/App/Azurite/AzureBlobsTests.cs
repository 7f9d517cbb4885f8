using System.Text;

namespace CloudPump.Tests.App.Azurite;

public class AzureBlobsTests : AzuriteTests
{
    [Fact]
    public async Task A_blob_is_there_until_it_is_deleted_and_a_second_one_of_its_name_replaces_it()
    {
        var blobs = Account.Blobs;
        Assert.Null(await blobs.GetAsync(Unique, "a/b:c", Token));
        await blobs.DeleteAsync(Unique, "a/b:c", Token);

        await blobs.PutAsync(Unique, "a/b:c", "first"u8.ToArray(), Token);
        Assert.Null(await blobs.GetAsync(Unique, "a/b", Token));
        await blobs.PutAsync(Unique, "a/b:c", "second"u8.ToArray(), Token);
        Assert.Equal("second", Encoding.UTF8.GetString((await blobs.GetAsync(Unique, "a/b:c", Token))!.Value.Span));

        await blobs.DeleteAsync(Unique, "a/b:c", Token);
        await blobs.DeleteAsync(Unique, "a/b:c", Token);
        Assert.Null(await blobs.GetAsync(Unique, "a/b:c", Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10 << 20)]
    public async Task An_empty_blob_and_a_large_one_come_back_whole(int size)
    {
        var bytes = new byte[size];
        new Random(7).NextBytes(bytes);

        await Account.Blobs.PutAsync(Unique, "blob", bytes, Token);

        Assert.True((await Account.Blobs.GetAsync(Unique, "blob", Token))!.Value.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task Many_writers_may_be_the_first_in_a_container() =>
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Account.Blobs.PutAsync(Unique, $"blob{i}", new byte[i], Token)));
}
