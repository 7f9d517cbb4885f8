using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Parsers.Patterns;

/// <summary>What stands in %{...}: a pattern's name, and the field and type that it gives.</summary>
internal static class PatternReference
{
    private static readonly (string Name, FieldType Type)[] Types =
    [
        ("int", FieldType.Int), ("long", FieldType.Int), ("float", FieldType.Double), ("double", FieldType.Double), ("bool", FieldType.Bool), ("boolean", FieldType.Bool),
        ("text", FieldType.Text), ("string", FieldType.Text), ("timestamp", FieldType.Timestamp),
    ];

    /// <summary>Reads NAME, NAME:field or NAME:field:type.</summary>
    /// <exception cref="PatternException">It is none of them.</exception>
    public static (string Name, string? Field, FieldType Type) Read(string text)
    {
        var parts = text.Split(':');
        if (parts.Length > 3 || parts[0].Length == 0)
        {
            throw new PatternException($"'%{{{text}}}' is no reference; write %{{NAME}}, %{{NAME:field}} or %{{NAME:field:type}}.");
        }

        return (parts[0], parts.Length > 1 ? parts[1] : null, parts.Length > 2 ? TypeOf(parts[2]) : FieldType.Text);
    }

    private static FieldType TypeOf(string name)
    {
        var index = Array.FindIndex(Types, t => t.Name == name);
        return index >= 0
            ? Types[index].Type
            : throw new PatternException($"There is no type '{name}'; a field's type is int, float, bool, text or timestamp.{Nearest.Hint(name, Types.Select(t => t.Name))}");
    }
}
