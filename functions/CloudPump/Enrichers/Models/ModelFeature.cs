using System.Text.Json;
using CloudPump.Expressions;

namespace CloudPump.Enrichers.Models;

/// <summary>A feature: a number made of an event.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Value">What it is made of.</param>
/// <param name="Missing">The number when that is missing or null; null when it must be there.</param>
/// <param name="EqualTo">One-hot: the feature is 1 when the value equals this text, number or bool, else 0. Null for the number itself.</param>
/// <param name="Mean">Taken away from the number.</param>
/// <param name="Scale">Divides what is left.</param>
internal sealed record ModelFeature(string Name, Expression Value, double? Missing, Value? EqualTo, double Mean, double Scale)
{
    public static ModelFeature Read(in JsonAt json)
    {
        json.TakesOnly("name", "value", "missing", "equals", "mean", "scale");
        var name = json.Get("name").Text();
        var equals = json.Find("equals");
        var scale = json.Find("scale")?.Number() ?? 1;
        if (scale == 0)
        {
            throw json.Get("scale").Wrong("nothing can be divided by 0.");
        }

        return new ModelFeature(
            name, Parse(json, json.Find("value")?.Text() ?? name), json.Find("missing")?.Number() ?? (equals is null ? null : 0),
            equals is { } e ? Literal(e) : null, json.Find("mean")?.Number() ?? 0, scale);
    }

    private static Expression Parse(in JsonAt json, string text)
    {
        try
        {
            return Expression.Parse(text);
        }
        catch (ExpressionException e)
        {
            throw new ModelException($"{json.Path}.{(json.Find("value") is null ? "name" : "value")}", $"at character {e.Offset + 1} of '{text}': {e.Message}");
        }
    }

    private static Value Literal(in JsonAt json) => json.Value.ValueKind switch
    {
        JsonValueKind.String => Expressions.Value.Of(json.Value.GetString()!),
        JsonValueKind.True or JsonValueKind.False => Expressions.Value.Of(json.Value.GetBoolean()),
        JsonValueKind.Number => Expressions.Value.Of(json.Number()),
        _ => throw json.Wrong("a text, a number, true or false is needed."),
    };
}
