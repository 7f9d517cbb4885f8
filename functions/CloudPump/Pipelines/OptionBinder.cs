using System.Collections;
using System.Reflection;
using CloudPump.Expressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPump.Pipelines;

/// <summary>Turns YAML nodes into definitions and their options; every mistake becomes a diagnostic with its place.</summary>
internal sealed partial class OptionBinder(string file, Func<string, string?> environment, List<Diagnostic> diagnostics)
{
    /// <summary>The place of a node.</summary>
    public SourceLocation At(YamlNode node) => new(file, (int)node.Start.Line, (int)node.Start.Column);

    /// <summary>Reports a mistake at a node.</summary>
    public void Error(YamlNode node, string message) => diagnostics.Add(new Diagnostic(At(node), message));

    /// <summary>A scalar's text with the environment filled in; null (and a diagnostic) when a variable is missing.</summary>
    public string? Text(YamlScalarNode node)
    {
        var text = EnvironmentText.Expand(node.Value ?? "", environment, out var missing);
        if (missing is null)
        {
            return text;
        }

        Error(node, $"The environment variable '{missing}' is not set; set it, or write ${{{missing}:-default}}.");
        return null;
    }

    /// <summary>Makes a component's definition from what stands after its name.</summary>
    public ComponentDefinition? Component(ComponentDescriptor component, YamlNode nameNode, YamlNode? value)
    {
        var definition = component.Create();
        definition.Location = At(nameNode);
        var before = diagnostics.Count;
        Fill(definition, component.Options, $"{component.Kind.ToString().ToLowerInvariant()} '{component.Name}'", nameNode, value, definition.SetLocation);
        return diagnostics.Count == before ? definition : null;
    }

    /// <summary>Makes a group of options from a whole document; null, and diagnostics, when it has mistakes.</summary>
    public T? Options<T>(string name, YamlNode node)
        where T : class => (T?)Group(typeof(T), name, node, node);

    private void Fill(
        object target, IReadOnlyList<OptionDescriptor> options, string owner, YamlNode nameNode, YamlNode? value, Action<string, SourceLocation>? located)
    {
        var main = options.FirstOrDefault(o => o.Main);
        var given = new HashSet<string>(StringComparer.Ordinal);
        if (value is not null && !IsEmpty(value))
        {
            if (main is not null && TakesShortForm(main, value))
            {
                Set(target, main, value, value, located);
                given.Add(main.Name);
            }
            else if (value is YamlMappingNode map)
            {
                FillMap(target, options, owner, map, given, located);
            }
            else
            {
                Error(value, $"{Capital(owner)} takes options ({Join(options)}), not {Kind(value)}.");
                return;
            }
        }

        foreach (var option in options.Where(o => o.Required && !given.Contains(o.Name)))
        {
            Error(nameNode, $"{Capital(owner)} needs the option '{option.Name}' ({option.TypeName}): {option.Help}");
        }
    }

    private void FillMap(
        object target, IReadOnlyList<OptionDescriptor> options, string owner, YamlMappingNode map, HashSet<string> given, Action<string, SourceLocation>? located)
    {
        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            var option = options.FirstOrDefault(o => o.Name == name);
            if (option is null)
            {
                var near = Nearest.Find(name, options.Select(o => o.Name));
                Error(key, $"{Capital(owner)} has no option '{name}'.{(near is null ? $" It has {Join(options)}." : $" Did you mean '{near}'?")}");

                // One mistake, one message: the option that was meant is not reported as missing too.
                given.Add(near ?? name);
                continue;
            }

            given.Add(name);
            Set(target, option, key, value, located);
        }
    }

    private void Set(object target, OptionDescriptor option, YamlNode key, YamlNode value, Action<string, SourceLocation>? located)
    {
        located?.Invoke(option.Name, At(value));
        if (Convert(value, option.Property.PropertyType, option.Name) is { } converted)
        {
            option.Set(target, converted);
        }
        else if (IsEmpty(value))
        {
            Error(key, $"The option '{option.Name}' has no value; it takes {option.TypeName}.");
        }
    }

    private object? Convert(YamlNode node, Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.IsAssignableTo(typeof(IList)))
        {
            return type.GetGenericTypeDefinition() == typeof(NamedList<>) ? Map(node, type, name) : List(node, type, name);
        }

        if (type.IsDefined(typeof(OneOfAttribute)))
        {
            return OneOf(node, type, name);
        }

        if (type.IsAssignableTo(typeof(INamedTextOption)) && node is YamlMappingNode named)
        {
            return Named(named, type, name);
        }

        if (type.IsClass && type != typeof(string) && type != typeof(Expression) && !type.IsAssignableTo(typeof(ITextOption)))
        {
            return Group(type, name, node, node);
        }

        return node is YamlScalarNode scalar ? Scalar(scalar, type, name) : Wrong(node, name, OptionDescriptor.Describe(type));
    }

    private object? Group(Type type, string name, YamlNode nameNode, YamlNode? value)
    {
        var before = diagnostics.Count;
        var group = Activator.CreateInstance(type)!;
        Fill(group, OptionDescriptor.Of(type), $"'{name}'", nameNode, value, group is ILocated located ? located.SetLocation : null);
        return diagnostics.Count == before ? group : null;
    }

    private object? Wrong(YamlNode node, string name, string wanted)
    {
        Error(node, $"'{name}' takes {wanted}, not {Kind(node)}.");
        return null;
    }

    private static bool TakesShortForm(OptionDescriptor main, YamlNode value)
    {
        var type = main.Property.PropertyType;
        return value switch
        {
            YamlMappingNode => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(NamedList<>),
            YamlSequenceNode => type.IsAssignableTo(typeof(IList)),
            _ => true,
        };
    }

    /// <summary>Whether a node is absent or null.</summary>
    public static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain } scalar && scalar.Value is null or "" or "~" or "null";

    private static string Kind(YamlNode node) => node switch
    {
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a map",
    };

    private static string Join(IEnumerable<OptionDescriptor> options) => string.Join(", ", options.Select(o => o.Name));

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
