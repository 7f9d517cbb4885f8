using System.Text.RegularExpressions;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.Infra;

/// <summary>What the documents about Azure name is there.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Azure = File.ReadAllText(Repository.Path("docs/azure.md"));

    [Theory]
    [InlineData("docs/azure.md")]
    [InlineData("infra/emulators/README.md")]
    public void Every_file_linked_is_there(string document)
    {
        var text = File.ReadAllText(Repository.Path(document));
        var folder = Path.GetDirectoryName(Repository.Path(document))!;
        var links = Link().Matches(text).Select(m => m.Groups["link"].Value).Where(l => !l.Contains("://", StringComparison.Ordinal)).ToList();
        Assert.All(links.Where(l => l[0] != '#'), l => Assert.True(Path.Exists(Path.Combine(folder, l)), l));
        var headings = Heading().Matches(text).Select(m => "#" + m.Groups["text"].Value.ToLowerInvariant().Replace(' ', '-')).ToList();
        Assert.Empty(links.Where(l => l[0] == '#').Except(headings, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_variable_of_azd_is_explained_and_exists()
    {
        var given = Variable().Matches(BicepFiles.Text("main.parameters.json")).Select(m => m.Groups["name"].Value).Where(n => !n.StartsWith("AZURE_", StringComparison.Ordinal)).ToList();
        Assert.All(given, name => Assert.Contains($"`{name}`", Azure, StringComparison.Ordinal));
        Assert.All(Set().Matches(Azure).Select(m => m.Groups["name"].Value).Where(n => n != "NAME"), name => Assert.Contains(name, given));
    }

    [Fact]
    public void Every_parameter_named_exists()
    {
        var line = Azure[Azure.IndexOf("Everything else is a parameter", StringComparison.Ordinal)..Azure.IndexOf("## Throughput", StringComparison.Ordinal)];
        var named = Parameter().Matches(line).Select(m => m.Groups["name"].Value).ToList();
        Assert.Contains("alwaysReady", named);
        Assert.Empty(named.Except(BicepFiles.Of("main.bicep").Parameters.Keys, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_alert_is_explained()
    {
        var text = BicepFiles.Text("app/alerts.bicep");
        var names = AlertName().Matches(text).Select(m => m.Groups["name"].Value.Replace("${hub.name}", "HUB", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, names.Count);
        Assert.All(names, name => Assert.Contains($"| `{name}` |", Azure, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\]\((?<link>[^)]+)\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^## (?<text>.*)$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    [GeneratedRegex("azd env set (?<name>[A-Z_]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Set();

    [GeneratedRegex("`(?<name>[a-z]+[A-Z][A-Za-z]*)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex("^ {2,4}name: '(?<name>[a-z-]+(\\$\\{hub.name\\})?)'\n {2,4}(location|description):", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AlertName();
}
