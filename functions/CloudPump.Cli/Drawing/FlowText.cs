using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudPump.Cli.Drawing;

/// <summary>Definitions and values as one line of YAML's flow style: quotes only where they are needed.</summary>
internal static class FlowText
{
    private const string Indicators = "-?:,[]{}#&*!|>'\"%@`";

    /// <summary>JSON for people: only what must be escaped is.</summary>
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same on several lines.</summary>
    public static JsonSerializerOptions Indented { get; } = new(Relaxed) { WriteIndented = true };

    /// <summary>A component's definition, {name: options}.</summary>
    public static string OfComponent(JsonObject definition)
    {
        var (name, options) = definition.Single();
        return options switch
        {
            JsonObject { Count: 0 } => name,
            _ => $"{name}: {Of(options)}",
        };
    }

    /// <summary>A value.</summary>
    public static string Of(JsonNode? value) => value switch
    {
        null => "null",

        // A choice without options, such as `truncate` or a parser, is written as one word.
        JsonObject { Count: 1 } choice when choice.Single().Value is JsonObject { Count: 0 } => Text(choice.Single().Key),
        JsonObject map => "{" + string.Join(", ", map.Select(m => $"{Text(m.Key)}: {Of(m.Value)}")) + "}",
        JsonArray list => "[" + string.Join(", ", list.Select(Of)) + "]",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Text(text.GetValue<string>()),
        _ => value.ToJsonString(Relaxed),
    };

    private static string Text(string text) => text is "***" || IsPlain(text) ? text : JsonSerializer.Serialize(text, Relaxed);

    private static bool IsPlain(string text) =>
        text.Length > 0
        && !Indicators.Contains(text[0])
        && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && text[^1] != ':'
        && text.AsSpan().IndexOfAny(",[]{}\r\n\t") < 0
        && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
        && text is not ("null" or "~" or "true" or "false")
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
