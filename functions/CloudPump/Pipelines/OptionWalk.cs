using System.Collections;
using CloudPump.Expressions;

namespace CloudPump.Pipelines;

/// <summary>Goes through a component's options, however deep they stand.</summary>
internal static class OptionWalk
{
    /// <summary>Every option with its value; with it the component's own option that it stands in.</summary>
    public static IEnumerable<(string Place, OptionDescriptor Option, object? Value)> Of(ComponentDefinition component, ComponentRegistry registry) =>
        registry.Of(component).Options.SelectMany(o => In(o.Name, o, component));

    /// <summary>Every expression, with the component's own option that it stands in.</summary>
    public static IEnumerable<(string Place, Expression Expression)> Expressions(ComponentDefinition component, ComponentRegistry registry) =>
        Of(component, registry).SelectMany(o => Items(o.Value).OfType<Expression>().Select(e => (o.Place, e)));

    private static IEnumerable<(string, OptionDescriptor, object?)> In(string place, OptionDescriptor option, object owner)
    {
        var value = option.Get(owner);
        yield return (place, option, value);
        foreach (var group in Items(value).Where(IsGroup))
        {
            foreach (var inner in OptionDescriptor.Of(group.GetType()).SelectMany(o => In(place, o, group)))
            {
                yield return inner;
            }
        }
    }

    // A value by itself, or those of a list or map.
    private static IEnumerable<object> Items(object? value) => value switch
    {
        null => [],
        string => [value],
        IList list => list.Cast<object>().Select(i => i.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? type.GetProperty("Value")!.GetValue(i)! : i),
        _ => [value],
    };

    private static bool IsGroup(object value) => value is not (string or Expression or ITextOption) && value.GetType().IsClass;
}
