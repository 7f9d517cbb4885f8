namespace CloudPump.Pipelines;

/// <summary>Marks a property whose own options count as the component's: what several components share is declared once. The property is never null.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionGroupAttribute : Attribute;
