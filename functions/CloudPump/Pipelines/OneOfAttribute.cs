namespace CloudPump.Pipelines;

/// <summary>Marks a group of options of which exactly one is given; a plain word names one that takes its defaults.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OneOfAttribute : Attribute;
