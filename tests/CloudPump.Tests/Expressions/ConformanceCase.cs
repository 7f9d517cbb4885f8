using System.Text;
using System.Text.Json;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

/// <summary>One case of CEL's conformance suite.</summary>
internal sealed class ConformanceCase(JsonElement json)
{
    public string Section => json.GetProperty("file").GetString()!;

    public string Text => json.GetProperty("expr").GetString()!;

    /// <summary>What went wrong; null when the case passes.</summary>
    public string? Run()
    {
        try
        {
            var value = Evaluate();
            return json.TryGetProperty("expect", out var expected)
                ? Same(expected, value) ? null : $"expected {expected}, got {value.Kind} {value}"
                : value.IsError ? null : $"expected an error, got {value.Kind} {value}";
        }
        catch (ExpressionException mistake)
        {
            return json.TryGetProperty("expect_error", out _) ? null : $"{mistake.Message} at {mistake.Offset}";
        }
        catch (NotSupportedException cannot)
        {
            return cannot.Message;
        }
    }

    private Value Evaluate()
    {
        var fields = new FieldTable();
        var batch = new EventBatch(fields);
        var origin = batch.AddOrigin(new Origin("conformance", 0));
        var row = batch.Add(new EventHeader { Origin = origin });
        if (json.TryGetProperty("bindings", out var bindings))
        {
            foreach (var binding in bindings.EnumerateObject())
            {
                Bind(batch, row, fields.Id(binding.Name), binding.Value);
            }
        }

        var expression = json.TryGetProperty("disable_check", out _) ? Expression.ParseUnchecked(Text) : Expression.Parse(Text);
        return expression.Compile(fields).Evaluate(batch, row);
    }

    private static void Bind(EventBatch batch, int row, ushort field, JsonElement tagged)
    {
        var value = ConformanceValue.Read(tagged);
        if (value.Kind is ValueKind.UInt or ValueKind.Duration or ValueKind.Type)
        {
            throw new NotSupportedException($"A field cannot hold a {value.Kind}.");
        }

        ValueFields.Set(batch, row, field, value);
    }

    private static bool Same(JsonElement expected, in Value actual) =>
        string.Equals(ConformanceValue.Show(ConformanceValue.Read(expected)), ConformanceValue.Show(actual), StringComparison.Ordinal);
}
