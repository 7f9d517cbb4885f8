using System.Collections;
using System.Reflection;
using YamlDotNet.RepresentationModel;

namespace CloudPump.Pipelines;

/// <content>Values made of values: lists, maps, and groups of which one member is given.</content>
internal sealed partial class OptionBinder
{
    private IList? List(YamlNode node, Type type, string name)
    {
        var element = type.GetGenericArguments()[0];
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var item in node is YamlSequenceNode sequence ? sequence.Children : [node])
        {
            if (Convert(item, element, name) is { } value)
            {
                list.Add(value);
            }
            else if (IsEmpty(item) && !element.IsDefined(typeof(OneOfAttribute)))
            {
                Error(item, $"An item of '{name}' has no value; it takes {OptionDescriptor.Describe(element)}.");
            }
        }

        return list;
    }

    private IList? Map(YamlNode node, Type type, string name)
    {
        if (node is not YamlMappingNode map)
        {
            return (IList?)Wrong(node, name, OptionDescriptor.Describe(type));
        }

        var element = type.GetGenericArguments()[0];
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var (key, item) in map.Children)
        {
            var entry = (key as YamlScalarNode)?.Value ?? "";
            if (Convert(item, element, entry) is { } value)
            {
                list.Add(Activator.CreateInstance(typeof(KeyValuePair<,>).MakeGenericType(typeof(string), element), entry, value));
            }
            else if (IsEmpty(item) && !element.IsDefined(typeof(OneOfAttribute)))
            {
                Error(key, $"'{entry}' has no value; it takes {OptionDescriptor.Describe(element)}.");
            }
        }

        return list;
    }

    // {name: text}: a text option under a name of its own.
    private INamedTextOption? Named(YamlMappingNode map, Type type, string name)
    {
        if (map.Children.Count != 1 || map.Children[0].Key is not YamlScalarNode { Value: { Length: > 0 } key } || map.Children[0].Value is not YamlScalarNode text)
        {
            Error(map, $"An item of '{name}' takes an expression, or one name with its expression: {{name: expression}}.");
            return null;
        }

        if (IsEmpty(text))
        {
            Error(map.Children[0].Key, $"'{key}' has no value; it takes an expression.");
        }

        return (Scalar(text, type, key) as INamedTextOption)?.WithName(key);
    }

    private object? OneOf(YamlNode node, Type type, string name)
    {
        var options = OptionDescriptor.Of(type);
        var (key, value) = node switch
        {
            YamlScalarNode scalar => (scalar, (YamlNode?)null),
            YamlMappingNode { Children.Count: 1 } map => (map.Children[0].Key as YamlScalarNode, map.Children[0].Value),
            _ => (null, null),
        };
        var option = options.FirstOrDefault(o => o.Name == key?.Value);
        if (option is null)
        {
            var hint = Nearest.Hint(key?.Value ?? "", options.Select(o => o.Name));
            Error(node, $"'{name}' takes one of {Join(options)}{(key is null ? "" : $", not '{key.Value}'")}.{hint}");
            return null;
        }

        var choice = Activator.CreateInstance(type)!;
        var before = diagnostics.Count;
        var content = value is null || IsEmpty(value) ? Group(option.Property.PropertyType, option.Name, key!, null) : Convert(value, option.Property.PropertyType, option.Name);
        option.Property.SetValue(choice, content);
        return diagnostics.Count == before ? choice : null;
    }
}
