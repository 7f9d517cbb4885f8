using CloudPump.Cli.Geo;

namespace CloudPump.Tests.Cli;

public sealed class NpmSettingsTests
{
    [Theory]
    [InlineData("", null, null, "https://registry.npmjs.org/")]
    [InlineData("", null, "https://asked.example", "https://asked.example/")]
    [InlineData("registry=https://file.example/npm", null, "https://asked.example", "https://file.example/npm/")]
    [InlineData("registry=https://file.example/npm", "https://env.example", null, "https://env.example/")]
    [InlineData("@scope:registry = https://scope.example\nregistry=https://file.example", "https://env.example", null, "https://scope.example/")]
    [InlineData("; registry=https://comment.example\n\n  # x=y\nregistry = \"https://${PLACE}.example\"", null, null, "https://from-env.example/")]
    public void Finds_the_registry_as_npm_does(string file, string? environment, string? npm, string expected) =>
        Assert.Equal(expected, Registry(file, environment, npm).Address.ToString());

    [Theory]
    [InlineData("//npm.example/a/b/:_authToken=one", "Bearer one")]
    [InlineData("//npm.example/:_authToken=${PLACE}", "Bearer from-env")]
    [InlineData("//other.example/:_authToken=two", "")]
    public void Finds_the_token_of_the_registry(string line, string expected)
    {
        var registry = Registry($"registry=https://npm.example/a/b\n{line}", null, null);
        using var own = registry.Request(new Uri("https://npm.example/x.tgz"));
        using var insecure = registry.Request(new Uri("http://npm.example/x.tgz"));
        Assert.Equal(expected, own.Headers.Authorization?.ToString() ?? "");
        Assert.Null(insecure.Headers.Authorization);
    }

    [Fact]
    public void Refuses_a_registry_that_is_no_web_address() =>
        Assert.Throws<GeoInstallException>(() => Registry("registry=file:///etc/", null, null));

    private static NpmRegistry Registry(string content, string? environment, string? npm)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, content);
        var settings = new NpmSettings(
            name => name switch { "npm_config_registry" => environment, "PLACE" => "from-env", _ => null }, [file], () => npm);
        File.Delete(file);
        return settings.RegistryOf("@scope/name");
    }
}
