using System.Text.Json;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

/// <summary>One case of CEL's conformance suite.</summary>
internal sealed class ConformanceCase(JsonElement json)
{
    public string Section => json.GetProperty("file").GetString()!;

    public string Text => json.GetProperty("expr").GetString()!;

    /// <summary>What names the case among all of them.</summary>
    public string Name => $"{Section}/{json.GetProperty("section").GetString()}/{json.GetProperty("name").GetString()}";

    /// <summary>What went wrong; null when the case passes.</summary>
    public string? Run() => json.TryGetProperty("expect", out var expected) ? Compare(ConformanceValue.Read(expected)) : Fails();

    /// <summary>
    /// The same for a case whose expected text was damaged when the file was made (escapes stand in it unresolved), with the damage undone.
    /// </summary>
    public string? RunRepaired() => Compare(ConformanceValue.Repaired(json.GetProperty("expect")));

    private string? Compare(in Value expected)
    {
        try
        {
            var value = Evaluate(isChecked: !json.TryGetProperty("disable_check", out _));
            return string.Equals(ConformanceValue.Show(expected), ConformanceValue.Show(value), StringComparison.Ordinal)
                ? null : $"expected {ConformanceValue.Show(expected)}, got {ConformanceValue.Show(value)}";
        }
        catch (ExpressionException mistake)
        {
            return $"{mistake.Message} at {mistake.Offset}";
        }
    }

    // What is found when the text is read must fail when it is evaluated too.
    private string? Fails()
    {
        var value = Evaluate(isChecked: false);
        if (!value.IsError)
        {
            return $"expected an error, got {ConformanceValue.Show(value)}";
        }

        try
        {
            return Evaluate(isChecked: true).IsError ? null : "it fails only unchecked";
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    private Value Evaluate(bool isChecked)
    {
        var fields = new FieldTable();
        var batch = new EventBatch(fields);
        var origin = batch.AddOrigin(new Origin("conformance", 0));
        var row = batch.Add(new EventHeader { Origin = origin });
        var text = Text;
        if (json.TryGetProperty("bindings", out var bindings))
        {
            foreach (var binding in bindings.EnumerateObject())
            {
                Bind(batch, row, binding, ref text);
            }
        }

        var container = json.TryGetProperty("container", out var name) ? name.GetString() : null;
        var expression = isChecked ? Expression.Parse(text) : Expression.ParseUnchecked(text);
        return expression.Compile(fields, null, container).Evaluate(batch, row);
    }

    private static void Bind(EventBatch batch, int row, JsonProperty binding, ref string text)
    {
        var value = ConformanceValue.Read(binding.Value);
        if (value.Kind == ValueKind.Duration)
        {
            // No field holds a duration; a variable does.
            text = $"cel.bind({binding.Name}, duration({value}), {text})".Replace('"', '\'');
        }
        else
        {
            Assert.NotEqual(ValueKind.UInt, value.Kind);
            ValueFields.Set(batch, row, batch.Fields.Id(binding.Name), value);
        }
    }
}
