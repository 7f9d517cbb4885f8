using CloudPump.Events;

namespace CloudPump.Parsers.Patterns;

/// <summary>A named part of a pattern that becomes a field.</summary>
/// <param name="Group">The group's name in the regular expression that is run.</param>
/// <param name="Field">The field, as written.</param>
/// <param name="Type">The field's type.</param>
internal readonly record struct FieldCapture(string Group, string Field, FieldType Type)
{
    /// <summary>The way to the field: `[a][b]` and `a.b` lead into objects.</summary>
    /// <exception cref="PatternException">A part is empty.</exception>
    public static string[] Way(string field)
    {
        var parts = field.StartsWith('[') && field.EndsWith(']') ? field[1..^1].Split("][") : field.Split('.');
        return parts.Length > 0 && Array.TrueForAll(parts, p => p.Length > 0 && p.AsSpan().IndexOfAny('[', ']') < 0)
            ? parts
            : throw new PatternException($"'{field}' cannot be a field's name; write name, a.b or [a][b].");
    }
}
