using System.Text.RegularExpressions;

namespace CloudPump.Tests.Infra;

/// <summary>The repository's Bicep files are whole, and the checker that says so finds what it should.</summary>
public sealed class BicepCheckerTests
{
    private const string LongText = "'''";

    public static TheoryData<string> Files() => [.. BicepFiles.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_well_formed_and_fits_its_modules(string file) =>
        Assert.Empty(BicepChecker.Check(BicepFiles.Of(file), path => BicepFiles.Module(file, path)));

    [Theory]
    [InlineData("var a = {\noutput b string = a.x\n", "1: '{' is not closed")]
    [InlineData("var a = [\n  1\n}\noutput b array = a\n", "3: '}' closes nothing")]
    [InlineData("var a = 'open\noutput b string = a\n", "1: a string is not closed")]
    [InlineData("var a = '''open\n", "1: a string is not closed")]
    [InlineData("/* open\n", "1: a comment is not closed")]
    [InlineData("output b string = missing\n", "1: 'missing' is not declared")]
    [InlineData("output b string = 'x${missing}y'\n", "1: 'missing' is not declared")]
    [InlineData("param a string\n", "1: the param 'a' is not used")]
    [InlineData("param a string\nvar a = 1\noutput b string = a\n", "2: 'a' is declared twice")]
    [InlineData("module m 'gone.bicep' = {\n  name: 'm'\n}\n", "1: there is no file 'gone.bicep'")]
    [InlineData("module m 'other.bicep' = {\n  params: {\n    must: 1\n    extra: 2\n  }\n}\n", "1: 'other.bicep' has no parameter 'extra'")]
    [InlineData("module m 'other.bicep' = if (true) {\n  params: {\n    may: 1\n  }\n}\n", "1: 'other.bicep' needs the parameter 'must'")]
    [InlineData("module m 'other.bicep' = {\n  name: 'm'\n}\n", "1: 'other.bicep' needs the parameter 'must'")]
    public void A_fault_is_found_at_its_line(string text, string mistake) => Assert.Contains(mistake, Check(text));

    [Theory]
    [MemberData(nameof(Files))]
    public void Losing_any_brace_or_quote_of_a_file_is_noticed(string file)
    {
        var text = BicepFiles.Text(file);
        var code = Enumerable.Range(0, text.Length).Where(i => "{}[]()'".Contains(text[i], StringComparison.Ordinal) && !InCommentOrText(text, i)).ToList();
        Assert.NotEmpty(code);
        Assert.All(code, i => Assert.True(new BicepFile(text.Remove(i, 1)).Mistakes.Count > 0, $"{file}, character {i}: {text[i]}"));
    }

    [Fact]
    public void What_the_language_allows_is_not_a_fault() => Assert.Empty(Check(
        """
        // A 'comment' with { and '
        targetScope = 'subscription'
        @description('It\'s \${NAME} here.')
        param names array = []
        @allowed([
          'a'
        ])
        param kind string = 'a'
        func twice(x string, n int) string => '${x}${n}'
        var found = filter(names, name => !empty(name))
        var text = '''
        { 'not' ours
        '''
        resource one 'Some.Type/things@2024-01-01' = [
          for (item, i) in found: {
            name: '${kind}-${item}-${toLower('x${i}')}'
            'odata.type': kind == 'a' ? text : null
            inner: one.properties.kind
            resource child 'children' = {
              name: twice(item, i)
            }
          }
        ]
        module m 'other.bicep' = [for x in found: if (kind != 'b') {
          params: {
            must: {
              nested: x
            }
          }
        }]
        output id string = one[0]::child.id
        """));

    // Within quotes only the quotes themselves count, and what stands on lines with comments (or addresses) and in longer texts does not.
    private static bool InCommentOrText(string text, int at)
    {
        var start = text.LastIndexOf('\n', at) + 1;
        var before = text[start..at];
        var inside = text[at] == '\'' ? before.EndsWith('\\') : before.Replace("\\'", "", StringComparison.Ordinal).Count(c => c == '\'') % 2 == 1;
        return inside || text[start..text.IndexOf('\n', at)].Contains("//", StringComparison.Ordinal)
            || Regex.Count(text[..at], LongText, RegexOptions.NonBacktracking) % 2 == 1 || text[Math.Max(at - 2, 0)..Math.Min(at + 3, text.Length)].Contains(LongText, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Check(string text) =>
        BicepChecker.Check(new BicepFile(text), path => path == "other.bicep" ? new BicepFile("param must object\nparam may int = 1\noutput x object = { a: must, b: may }\n") : null);
}
