namespace CloudPump.Pipelines;

/// <summary>Marks a property as an option; its name in YAML is the property's in snake_case, its default the property's initial value.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string help) : Attribute
{
    /// <summary>One line of help.</summary>
    public string Help => help;

    /// <summary>The option must be given.</summary>
    public bool Required { get; init; }

    /// <summary>The option that the short form means: `filter: "a > 1"` sets the main option. A main option that is a map is always written in the short form.</summary>
    public bool Main { get; init; }

    /// <summary>The value is a secret: it is shown as *** everywhere.</summary>
    public bool Secret { get; init; }

    /// <summary>The value names another pipeline.</summary>
    public bool Pipeline { get; init; }

    /// <summary>The value names a lookup of lookups.yaml.</summary>
    public bool Lookup { get; init; }

    /// <summary>The value names a connection of connections.yaml of this kind.</summary>
    public string Connection { get; init; } = "";
}
