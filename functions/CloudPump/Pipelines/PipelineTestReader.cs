using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPump.Pipelines;

/// <summary>Reads the `tests:` part of a pipeline file.</summary>
internal sealed class PipelineTestReader(OptionBinder binder)
{
    private static readonly string[] Keys = ["name", "given", "expect", "routed", "dead", "findings"];
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<PipelineTest> Read(YamlNode? node)
    {
        if (node is null || OptionBinder.IsEmpty(node))
        {
            return [];
        }

        if (node is not YamlSequenceNode list)
        {
            binder.Error(node, "'tests' is a list: each test begins with '- name: ...'.");
            return [];
        }

        return [.. list.Children.Select(Test).OfType<PipelineTest>()];
    }

    private PipelineTest? Test(YamlNode node)
    {
        if (node is not YamlMappingNode map)
        {
            binder.Error(node, "A test is a map with name, given and expect.");
            return null;
        }

        var parts = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Children)
        {
            var name = key.ToString();
            parts[name] = value;
            if (!Keys.Contains(name, StringComparer.Ordinal))
            {
                binder.Error(key, $"A test has no part '{name}'.{Nearest.Hint(name, Keys)}");
            }
        }

        return new PipelineTest(
            parts.GetValueOrDefault("name")?.ToString() ?? "(no name)",
            binder.At(node),
            [.. Items(parts.GetValueOrDefault("given")).Select(Given)],
            parts.TryGetValue("expect", out var expect) ? Objects(expect) : null,
            parts.TryGetValue("routed", out var routed) ? Counts(routed) : null,
            parts.TryGetValue("dead", out var dead) ? Count(dead) : null,
            parts.TryGetValue("findings", out var findings) && findings is YamlMappingNode f
                ? f.Children.ToDictionary(c => c.Key.ToString(), c => Objects(c.Value), StringComparer.Ordinal)
                : null);
    }

    private GivenEvent Given(YamlNode node) => node is YamlScalarNode scalar
        ? new GivenEvent(scalar.Value ?? "", IsFields: false)
        : new GivenEvent(Json(node), IsFields: true);

    private IReadOnlyList<string> Objects(YamlNode node)
    {
        foreach (var item in Items(node).Where(i => i is not YamlMappingNode))
        {
            binder.Error(item, "An expected event is a map of field to value.");
        }

        return [.. Items(node).OfType<YamlMappingNode>().Select(Json)];
    }

    private Dictionary<string, int> Counts(YamlNode node)
    {
        if (node is YamlMappingNode map)
        {
            return map.Children.ToDictionary(c => c.Key.ToString(), c => Count(c.Value) ?? 0, StringComparer.Ordinal);
        }

        binder.Error(node, "'routed' is a map of pipeline to number of events.");
        return [];
    }

    private int? Count(YamlNode node)
    {
        if (node is YamlScalarNode scalar && int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count;
        }

        binder.Error(node, $"Here stands a number of events, not '{node}'.");
        return null;
    }

    private IEnumerable<YamlNode> Items(YamlNode? node)
    {
        if (node is YamlSequenceNode list)
        {
            return list.Children;
        }

        if (node is not null && !(node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or null }))
        {
            binder.Error(node, "Here stands a list: each item begins with '- '.");
        }

        return [];
    }

    private static string Json(YamlNode node) => YamlJson.Of(node)?.ToJsonString(Relaxed) ?? "null";
}
