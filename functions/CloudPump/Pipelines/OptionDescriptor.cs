using System.Collections;
using System.Reflection;
using System.Text;
using CloudPump.Expressions;

namespace CloudPump.Pipelines;

/// <summary>An option as the registry knows it.</summary>
public sealed class OptionDescriptor
{
    private readonly OptionAttribute _attribute;

    private readonly PropertyInfo? _group;

    internal OptionDescriptor(PropertyInfo property, OptionAttribute attribute, PropertyInfo? group)
    {
        Property = property;
        _attribute = attribute;
        _group = group;
        Name = SnakeCase(property.Name);
    }

    /// <summary>The name in YAML.</summary>
    public string Name { get; }

    /// <summary>One line of help.</summary>
    public string Help => _attribute.Help;

    /// <summary>It must be given.</summary>
    public bool Required => _attribute.Required;

    /// <summary>The short form sets it.</summary>
    public bool Main => _attribute.Main;

    /// <summary>Its value is never shown.</summary>
    public bool Secret => _attribute.Secret;

    /// <summary>It names another pipeline.</summary>
    public bool IsPipeline => _attribute.Pipeline;

    /// <summary>It names a lookup.</summary>
    public bool IsLookup => _attribute.Lookup;

    /// <summary>The kind of connection that it names; empty when it names none.</summary>
    public string Connection => _attribute.Connection;

    /// <summary>The type in words, as the reference says it.</summary>
    public string TypeName => Describe(Property.PropertyType);

    /// <summary>The default as it would be written; empty when there is none.</summary>
    public string Default => DefinitionText.Plain(Property.GetValue(Activator.CreateInstance(Property.ReflectedType!)));

    /// <summary>The option's value in a component or group of options.</summary>
    public object? Get(object owner) => Property.GetValue(_group is null ? owner : _group.GetValue(owner));

    internal void Set(object owner, object? value) => Property.SetValue(_group is null ? owner : _group.GetValue(owner), value);

    /// <summary>Whether it takes several values.</summary>
    public bool IsList => Property.PropertyType.IsGenericType && Property.PropertyType.IsAssignableTo(typeof(IList)) && !IsMap;

    /// <summary>Whether it takes a map of name to value.</summary>
    public bool IsMap => Property.PropertyType.IsGenericType && Property.PropertyType.GetGenericTypeDefinition() == typeof(NamedList<>);

    /// <summary>When the value, or each of the values, is a group of options: those options.</summary>
    public IReadOnlyList<OptionDescriptor> Members
    {
        get
        {
            var type = Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;
            return Of(IsList || IsMap ? type.GetGenericArguments()[0] : type);
        }
    }

    internal PropertyInfo Property { get; }

    /// <summary>The options of a class, in the order in which they are declared.</summary>
    public static IReadOnlyList<OptionDescriptor> Of(Type type) => [.. Of(type, null)];

    private static IEnumerable<OptionDescriptor> Of(Type type, PropertyInfo? group)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.MetadataToken))
        {
            if (property.GetCustomAttribute<OptionAttribute>() is { } option)
            {
                yield return new OptionDescriptor(property, option, group);
            }
            else if (property.IsDefined(typeof(OptionGroupAttribute)))
            {
                foreach (var member in Of(property.PropertyType, property))
                {
                    yield return member;
                }
            }
        }
    }

    /// <summary>PascalCase to snake_case.</summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    internal static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)))
        {
            var element = Describe(type.GetGenericArguments()[0]);
            return type.GetGenericTypeDefinition() == typeof(NamedList<>) ? $"map of name to {element}" : $"list of {element}";
        }

        return type switch
        {
            _ when type == typeof(string) => "text",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "whole number",
            _ when type == typeof(double) => "number",
            _ when type == typeof(TimeSpan) => "duration",
            _ when type == typeof(ByteSize) => "size",
            _ when type == typeof(Expression) => "expression",
            _ when type == typeof(Analyzers.Measures.MeasureCall) => "measure",
            _ when type.IsAssignableTo(typeof(INamedTextOption)) => "expression or {name: expression}",
            _ when type.IsAssignableTo(typeof(ITextOption)) => "text",
            _ when type.IsEnum => string.Join(" or ", Enum.GetNames(type).Select(SnakeCase)),
            _ when type.IsDefined(typeof(OneOfAttribute)) => "one of " + string.Join(", ", Of(type).Select(o => o.Name)),
            _ => "{" + string.Join(", ", Of(type).Select(o => o.Name)) + "}",
        };
    }
}
