using System.Text.Json;

namespace CloudPump.Tests.Cli;

public sealed class GeoipCommandTests
{
    [Fact]
    public async Task Installs_a_database_says_its_licence_and_uses_it()
    {
        using var registry = FakeNpmRegistry.With(("package/some.mmdb", Database()));
        using var cli = With(registry);
        Assert.Equal(0, await cli.RunAsync("geoip", "install", "--package", FakeNpmRegistry.Package));
        var file = Path.Combine(cli.Folder, "home", "geoip", "some.mmdb");
        Assert.Equal([$"installed  {FakeNpmRegistry.Package} 1.2.3", "licence    CC0-1.0", $"file       {file}"], cli.Lines);
        Assert.Equal("", cli.Error);

        Assert.Equal(0, await cli.RunAsync("geoip", "get", "2.125.160.216"));
        Assert.Equal("GB", JsonElement.Parse(cli.Output).GetProperty("country").GetProperty("iso_code").GetString());
        Assert.Equal("", cli.Error);
    }

    [Fact]
    public async Task Data_names_another_folder()
    {
        using var registry = FakeNpmRegistry.With(("package/some.mmdb", Database()));
        using var cli = With(registry);
        var data = Path.Combine(cli.Folder, "data");
        Assert.Equal(0, await cli.RunAsync("geoip", "install", "--package", FakeNpmRegistry.Package, "--data", data));
        Assert.True(File.Exists(Path.Combine(data, "geoip", "some.mmdb")));
        Assert.Equal(0, await cli.RunAsync("geoip", "get", "2.125.160.216", "--data", data));
        Assert.Equal("", cli.Error);
    }

    [Fact]
    public async Task An_installation_that_fails_is_said()
    {
        using var registry = FakeNpmRegistry.With();
        using var cli = With(registry);
        Assert.Equal(2, await cli.RunAsync("geoip", "install", "--package", "@scope/none"));
        Assert.StartsWith("error: The npm registry npm.example has no package @scope/none.", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_the_built_in_table_answers_with_a_hint()
    {
        using var cli = new CliRun();
        Assert.Equal(0, await cli.RunAsync("geoip", "get", "8.8.8.8"));
        Assert.StartsWith("{", cli.Output, StringComparison.Ordinal);
        Assert.Contains("cloudpump geoip install", cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.1", "Nothing is known about 10.0.0.1")]
    [InlineData("host", "'host' is no IP address.")]
    public async Task An_address_without_a_record_is_said(string address, string message)
    {
        using var cli = new CliRun();
        Assert.Equal(1, await cli.RunAsync("geoip", "get", address, "--database", TestData.Require("mmdb/test-data/GeoLite2-Country-Test.mmdb")));
        Assert.Contains(message, cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_fails()
    {
        using var cli = new CliRun();
        Assert.Equal(2, await cli.RunAsync("geoip", "get", "8.8.8.8", "--database", Path.Combine(cli.Folder, "none.mmdb")));
        Assert.Contains("none.mmdb", cli.Error, StringComparison.Ordinal);
    }

    private static CliRun With(FakeNpmRegistry registry)
    {
        var cli = new CliRun { Network = registry };
        cli.Environment["npm_config_userconfig"] = cli.File("npmrc", "registry = https://npm.example/mirror/\n");
        return cli;
    }

    private static byte[] Database() => File.ReadAllBytes(TestData.Require("mmdb/test-data/GeoLite2-Country-Test.mmdb"));
}
