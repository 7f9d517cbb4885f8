using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Pipelines;

/// <summary>
/// A definition as canonical JSON: the same for the same options, whether YAML or C# made them. Options at their defaults are left out;
/// secrets show as ***.
/// </summary>
public static class DefinitionText
{
    /// <summary>A pipeline as JSON, without its tests.</summary>
    public static JsonObject Of(PipelineDefinition pipeline, ComponentRegistry registry) => new()
    {
        ["pipeline"] = pipeline.Name,
        ["sources"] = new JsonArray([.. pipeline.Sources.Select(s => (JsonNode)Of(s, registry))]),
        ["processors"] = new JsonArray([.. pipeline.Processors.Select(p => (JsonNode)Of(p, registry))]),
        ["sink"] = Of(pipeline.Sink, registry),
    };

    /// <summary>A component as JSON: {name: options}; a parser stands under `parse`.</summary>
    public static JsonObject Of(ComponentDefinition component, ComponentRegistry registry)
    {
        var descriptor = registry.Of(component);
        var options = new JsonObject { [descriptor.Name] = Options(component, descriptor.Options, descriptor.Create()) };
        return descriptor.Kind == ComponentKind.Parser ? new JsonObject { ["parse"] = options } : options;
    }

    /// <summary>A short hash of a component's definition: it changes when the definition does.</summary>
    public static string Generation(ComponentDefinition component, ComponentRegistry registry)
    {
        var text = Of(component, registry).ToJsonString();
        return (StableHash.Of(System.Text.Encoding.UTF8.GetBytes(text)) & 0xffff_ffff).ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary>A value as it would stand in YAML; empty for nothing.</summary>
    internal static string Plain(object? value) => Value(value) switch
    {
        null or JsonArray { Count: 0 } or JsonObject { Count: 0 } => "",
        JsonValue text when text.GetValueKind() == System.Text.Json.JsonValueKind.String => text.GetValue<string>(),
        var other => other.ToJsonString(),
    };

    private static JsonNode Options(object target, IReadOnlyList<OptionDescriptor> options, object defaults)
    {
        var result = new JsonObject();
        foreach (var option in options)
        {
            var value = option.Get(target);
            var json = Value(value);
            if (value is not null && json?.ToJsonString() != Value(option.Get(defaults))?.ToJsonString())
            {
                result[option.Name] = option.Secret ? "***" : json;
            }
        }

        return options.FirstOrDefault(o => o.Main) is { } main && result.Count == 1 && result.ContainsKey(main.Name)
            ? result[main.Name]!.DeepClone()
            : result;
    }

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        string s => s,
        bool b => b,
        int i => i,
        long l => l,
        double d => d,
        Expression e => e.Shown,
        INamedTextOption o when o.Name != o.Text => new JsonObject { [o.Name] = o.Text },
        ITextOption o => o.Text,
        TimeSpan t => Duration.Format(t),
        ByteSize s => s.ToString(),
        Enum e => OptionDescriptor.SnakeCase(e.ToString()),
        IList list => List(list),
        _ => Group(value),
    };

    private static JsonNode List(IList list)
    {
        if (!list.GetType().IsGenericType || list.GetType().GetGenericTypeDefinition() != typeof(NamedList<>))
        {
            return new JsonArray([.. list.Cast<object>().Select(Value)]);
        }

        var map = new JsonObject();
        foreach (var entry in list)
        {
            var pair = entry.GetType();
            map[(string)pair.GetProperty("Key")!.GetValue(entry)!] = Value(pair.GetProperty("Value")!.GetValue(entry));
        }

        return map;
    }

    private static JsonNode Group(object value)
    {
        var type = value.GetType();
        var options = OptionDescriptor.Of(type);
        return options.Count == 0 ? new JsonObject() : Options(value, options, Activator.CreateInstance(type)!);
    }
}
