using System.Text.Json;

namespace CloudPump.Tests.Expressions;

/// <summary>CEL's own conformance suite: every case passes but those that a file beside this one lists, with their reasons.</summary>
public class ConformanceTests(ITestOutputHelper output)
{
    private const double LeastOfExtensions = 0.95;

    [Fact]
    public void Every_case_passes_but_the_listed_ones()
    {
        var exceptions = ConformanceExceptions.Read();
        var sections = new SortedDictionary<string, (int Passed, int Total)>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var line in File.ReadLines(TestData.Require("cel/conformance.ndjson")))
        {
            using var json = JsonDocument.Parse(line);
            var test = new ConformanceCase(json.RootElement);
            var problem = test.Run();
            var (passed, total) = sections.GetValueOrDefault(test.Section);
            sections[test.Section] = (passed + (problem is null ? 1 : 0), total + 1);
            if (Judge(test, problem, exceptions) is { } wrong)
            {
                problems.Add($"{test.Name}: {test.Text} => {wrong}");
            }
        }

        problems.AddRange(exceptions.Keys.Select(name => $"{name} is listed, but there is no such case."));
        Print(sections);
        Assert.Empty(problems);
        Assert.Equal(1_047, sections.Values.Sum(s => s.Total));
        Assert.All(sections.Where(s => s.Key.EndsWith("_ext", StringComparison.Ordinal)), s => Assert.True(s.Value.Passed >= LeastOfExtensions * s.Value.Total, s.Key));
    }

    // A listed case must fail, so that the list says the truth; and what was damaged must pass once the damage is undone, so that it is checked all the same.
    private static string? Judge(ConformanceCase test, string? problem, Dictionary<string, string> exceptions)
    {
        if (!exceptions.Remove(test.Name, out var reason))
        {
            return problem;
        }

        if (problem is null)
        {
            return "it passes: take it off the list";
        }

        return reason.Contains("damaged", StringComparison.Ordinal)
            ? test.RunRepaired()
            : test.Section.EndsWith("_ext", StringComparison.Ordinal) ? null : "only extensions may have exceptions that are no damage of the file";
    }

    private void Print(SortedDictionary<string, (int Passed, int Total)> sections)
    {
        foreach (var (section, (passed, total)) in sections)
        {
            output.WriteLine($"{section}: {passed} passed, {total - passed} failed, {total} total");
        }

        var (all, sum) = (sections.Values.Sum(s => s.Passed), sections.Values.Sum(s => s.Total));
        output.WriteLine($"all: {all} passed, {sum - all} failed, {sum} total");
    }
}
