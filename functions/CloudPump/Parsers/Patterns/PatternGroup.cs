using CloudPump.Events;

namespace CloudPump.Parsers.Patterns;

/// <summary>A group of a pattern.</summary>
/// <param name="Name">The group's name in the pattern.</param>
/// <param name="Field">The field that it gives; dots lead into objects.</param>
/// <param name="Type">The field's type.</param>
internal sealed record PatternGroup(string Name, string Field, FieldType Type);
