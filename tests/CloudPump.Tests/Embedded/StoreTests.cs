using CloudPump.Embedded;
using CloudPump.Embedded.Storage;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Embedded;

public sealed class StoreTests : IDisposable
{
    private readonly HostRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_second_host_on_the_same_folder_is_told_so_and_the_first_goes_on()
    {
        await using (var first = new EmbeddedHost(_rig.Options(), HostRig.Registry))
        {
            var refusal = Assert.Throws<StoreException>(() => new EmbeddedHost(_rig.Options(), HostRig.Registry));
            Assert.Contains("another cloudpump", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(_rig.Data, refusal.Message, StringComparison.Ordinal);
            await first.RunAsync(new PipelineSet([Pipeline.Define("p").To(new RecordingSink())]), CancellationToken.None);
        }

        await using var next = new EmbeddedHost(_rig.Options(), HostRig.Registry);
        Assert.Empty(next.Status);
    }

    [Fact]
    public async Task A_store_of_another_version_is_refused_and_its_folder_is_let_go()
    {
        await new EmbeddedHost(_rig.Options(), HostRig.Registry).DisposeAsync();
        SetVersion(99);
        var refusal = Assert.Throws<StoreException>(() => new EmbeddedHost(_rig.Options(), HostRig.Registry));
        Assert.Contains("another version of CloudPump (layout 99", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => EmbeddedStore.Open(_rig.Data));
        SetVersion(4);
        await new EmbeddedHost(_rig.Options(), HostRig.Registry).DisposeAsync();
    }

    [Fact]
    public void A_file_that_is_no_store_and_a_folder_without_one_are_refused()
    {
        Assert.Contains("There is no store in", Assert.Throws<StoreException>(() => EmbeddedStore.Open(_rig.Data)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_rig.Data);
        File.WriteAllText(Path.Combine(_rig.Data, "cloudpump.db"), new string('x', 5000));
        Assert.Contains("cannot be opened", Assert.Throws<StoreException>(() => new EmbeddedHost(_rig.Options(), HostRig.Registry)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_temporary_store_is_gone_with_its_host()
    {
        string folder;
        await using (var host = new EmbeddedHost(new EmbeddedOptions(), HostRig.Registry))
        {
            using var folders = new StoreFolder(null);
            folder = folders.Path;
            Assert.True(folders.IsTemporary && Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task The_store_remembers_what_ran_with_it()
    {
        await using var host = new EmbeddedHost(_rig.Options(), HostRig.Registry);
        host.Store.RememberDefinitions(["b.yaml", "a.yaml", "b.yaml"], "out/");
        host.Store.RememberDefinitions(["c.yaml", "d.yaml", "c.yaml"], null);
        using var other = EmbeddedStore.Open(_rig.Data);
        Assert.Equal([(Path.GetFullPath("c.yaml"), null), (Path.GetFullPath("d.yaml"), null)], other.Definitions());
    }

    private void SetVersion(int version)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_rig.Data, "cloudpump.db")};Pooling=False");
        connection.Open();
        StoreDatabase.Execute(connection, $"PRAGMA user_version = {version}");
    }
}
