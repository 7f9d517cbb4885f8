using System.Text.Json;

namespace CloudPump.Pipelines.Testing;

/// <summary>Compares what a unit test expects with what was seen; every difference becomes a line of text.</summary>
internal sealed class TestComparison(List<string> differences)
{
    private const int LongestValue = 300;

    /// <summary>Compares events in order: the listed fields must match, others may be there, and the number must be the same.</summary>
    public void Events(string one, string many, IReadOnlyList<string> expected, IReadOnlyList<JsonElement> got)
    {
        if (expected.Count != got.Count)
        {
            differences.Add($"{many}: expected {expected.Count}, got {got.Count}");
        }

        for (var i = 0; i < Math.Min(expected.Count, got.Count); i++)
        {
            Fields($"{one} {i + 1}", JsonElement.Parse(expected[i]), got[i]);
        }

        for (var i = got.Count; i < expected.Count; i++)
        {
            differences.Add($"{one} {i + 1} is missing: expected {Short(expected[i])}");
        }

        for (var i = expected.Count; i < got.Count; i++)
        {
            differences.Add($"{one} {i + 1} is not expected: got {Short(got[i].GetRawText())}");
        }
    }

    /// <summary>Compares the events that routes sent; a pipeline that is not named must get none.</summary>
    public void Routed(IReadOnlyDictionary<string, int> expected, IReadOnlyDictionary<string, int> got)
    {
        foreach (var target in expected.Keys.Union(got.Keys, StringComparer.Ordinal))
        {
            var (wanted, sent) = (expected.GetValueOrDefault(target), got.GetValueOrDefault(target));
            if (wanted != sent)
            {
                differences.Add($"routed to '{target}': expected {wanted}, got {sent}");
            }
        }
    }

    /// <summary>Compares the number of dead letters; when it differs, the reasons say what happened.</summary>
    public void Dead(int expected, IReadOnlyList<string> got)
    {
        if (got.Count != expected)
        {
            differences.Add($"dead letters: expected {expected}, got {got.Count}");
            differences.AddRange(got.Select(reason => "dead letter: " + reason));
        }
    }

    /// <summary>Late events are no difference, but they often explain one.</summary>
    public void LateWhenDifferent(long late)
    {
        if (late > 0 && differences.Count > 0)
        {
            differences.Add($"note: analyzers set {late} event(s) aside as late; see 'lateness'");
        }
    }

    private void Fields(string what, JsonElement expected, JsonElement got)
    {
        foreach (var field in expected.EnumerateObject())
        {
            var found = JsonPath.TryFind(got, field.Name, out var value);

            // null also stands for a field that is not there: YAML has no other word for it.
            if (found ? !JsonElement.DeepEquals(field.Value, value) : field.Value.ValueKind != JsonValueKind.Null)
            {
                var seen = found ? Short(value.GetRawText()) : "no such field";
                differences.Add($"{what}, field '{field.Name}': expected {Short(field.Value.GetRawText())}, got {seen}");
            }
        }
    }

    private static string Short(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "...";
}
