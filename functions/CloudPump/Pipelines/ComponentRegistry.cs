using System.Reflection;

namespace CloudPump.Pipelines;

/// <summary>All components that there are, found by their attribute.</summary>
public sealed class ComponentRegistry
{
    private readonly Dictionary<(ComponentKind Kind, string Name), ComponentDescriptor> _components = [];
    private readonly Dictionary<Type, ComponentDescriptor> _byType = [];

    /// <summary>Registers the components of the assemblies; the engine's are always there.</summary>
    public ComponentRegistry(params IEnumerable<Assembly> assemblies)
    {
        foreach (var type in assemblies.Append(typeof(ComponentRegistry).Assembly).Distinct().SelectMany(a => a.GetTypes()))
        {
            Add(type);
        }
    }

    /// <summary>Every component, by kind and name.</summary>
    public IEnumerable<ComponentDescriptor> All => _components.Values.OrderBy(c => c.Kind).ThenBy(c => c.Name, StringComparer.Ordinal);

    /// <summary>Registers one component class.</summary>
    public void Add(Type type)
    {
        if (ComponentDescriptor.Of(type) is not { } component)
        {
            return;
        }

        if (!_components.TryAdd((component.Kind, component.Name), component))
        {
            throw new InvalidOperationException($"Two components are registered as {component.Kind} '{component.Name}'.");
        }

        _byType.Add(type, component);
    }

    /// <summary>The source, parser, sink or connection of this name, or null.</summary>
    public ComponentDescriptor? Find(ComponentKind kind, string name) => _components.GetValueOrDefault((kind, name));

    /// <summary>The processor of this name, or null; parsers are not found here, they stand under `parse:`.</summary>
    public ComponentDescriptor? FindProcessor(string name) => Processors.FirstOrDefault(c => c.Name == name);

    /// <summary>The descriptor of a definition class.</summary>
    public ComponentDescriptor Of(ComponentDefinition definition) =>
        _byType.GetValueOrDefault(definition.GetType())
        ?? throw new InvalidOperationException($"{definition.GetType().Name} is not registered: give the class a [Component] attribute and register its assembly.");

    /// <summary>The names of a kind.</summary>
    public IEnumerable<string> Names(ComponentKind kind) => All.Where(c => c.Kind == kind).Select(c => c.Name);

    /// <summary>Every processor but the parsers.</summary>
    public IEnumerable<ComponentDescriptor> Processors => All.Where(c => c.Kind is >= ComponentKind.Generator and <= ComponentKind.Analyzer);
}
