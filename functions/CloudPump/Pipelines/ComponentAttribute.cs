namespace CloudPump.Pipelines;

/// <summary>
/// Registers a component: the registry finds the class by this attribute. The name is what stands in YAML; the options are the class's
/// properties that carry <see cref="OptionAttribute"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ComponentAttribute(ComponentKind kind, string name, string help) : Attribute
{
    /// <summary>What it does in a pipeline.</summary>
    public ComponentKind Kind => kind;

    /// <summary>The name in YAML, in metrics and in the reference.</summary>
    public string Name => name;

    /// <summary>One line of help.</summary>
    public string Help => help;

    /// <summary>A line or more of YAML as it stands in a pipeline file; a test checks that it is valid.</summary>
    public string Example { get; init; } = "";

    /// <summary>
    /// An event that the example works on: the original bytes of a parser or of a generator of whole documents (`hex:` for binary ones), else a JSON object. A test runs it.
    /// </summary>
    public string Given { get; init; } = "";

    /// <summary>The events that the example makes of it, as JSON objects in order; none when it takes the event out.</summary>
    public string[] Gives { get; init; } = [];

    /// <summary>Why the same event delivered twice may give another result; empty when it does not.</summary>
    public string NotRepeatable { get; init; } = "";
}
