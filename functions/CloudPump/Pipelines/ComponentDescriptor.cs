using System.Reflection;

namespace CloudPump.Pipelines;

/// <summary>A component as the registry knows it.</summary>
public sealed class ComponentDescriptor
{
    private readonly ComponentAttribute _attribute;

    private ComponentDescriptor(Type type, ComponentAttribute attribute)
    {
        Type = type;
        _attribute = attribute;
        Options = OptionDescriptor.Of(type);
    }

    /// <summary>What it does in a pipeline.</summary>
    public ComponentKind Kind => _attribute.Kind;

    /// <summary>The name in YAML.</summary>
    public string Name => _attribute.Name;

    /// <summary>One line of help.</summary>
    public string Help => _attribute.Help;

    /// <summary>YAML that shows its use.</summary>
    public string Example => _attribute.Example;

    /// <summary>An event that the example works on; empty when it shows none.</summary>
    public string Given => _attribute.Given;

    /// <summary>The events that the example makes of it.</summary>
    public IReadOnlyList<string> Gives => _attribute.Gives;

    /// <summary>Why the same event delivered twice may give another result; empty when it does not.</summary>
    public string NotRepeatable => _attribute.NotRepeatable;

    /// <summary>Its options, in the order of the reference.</summary>
    public IReadOnlyList<OptionDescriptor> Options { get; }

    /// <summary>The definition class.</summary>
    public Type Type { get; }

    internal static ComponentDescriptor? Of(Type type) =>
        !type.IsAbstract && type.GetCustomAttribute<ComponentAttribute>() is { } attribute ? new ComponentDescriptor(type, attribute) : null;

    internal ComponentDefinition Create() => (ComponentDefinition)Activator.CreateInstance(Type)!;
}
