using System.Text.RegularExpressions;
using CloudPump.Cli;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Cli;

/// <summary>Every file in tests/wrong-pipelines has exactly one mistake; its last line says where, and what the message must hold.</summary>
public sealed partial class WrongPipelineTests
{
    private static readonly string Folder = Repository.Path("tests/wrong-pipelines");

    public static TheoryData<string> Files() => [.. Directory.GetFiles(Folder, "??-*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_wrong_file_gives_one_error_at_its_place_with_the_right_word(string file)
    {
        var path = Path.Combine(Folder, file);
        var expected = Expectation().Match(File.ReadAllText(path));
        var found = Assert.Single(Errors(), e => Path.GetFileName(e.Location.File) == file);
        Assert.Equal(expected.Groups["place"].Value, $"{found.Location.Line}:{found.Location.Column}");
        Assert.Contains(expected.Groups["text"].Value, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fifteen_wrong_files_give_fifteen_errors() => Assert.Equal(15, Errors().Count);

    [Fact]
    public void The_sample_pipelines_have_no_mistakes_and_no_warnings()
    {
        Loader().Load([Repository.Path("functions/pipelines")], out var diagnostics);
        Assert.Empty(diagnostics);
    }

    private static List<Diagnostic> Errors()
    {
        Loader().Load([Folder], out var diagnostics);
        return [.. diagnostics.Where(d => !d.IsWarning)];
    }

    private static PipelineLoader Loader() => CommandContext.OfThisProcess().Loader;

    [GeneratedRegex(@"^# expect (?<place>\d+:\d+) (?<text>.*)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Expectation();
}
