using System.Collections;
using CloudPump.Expressions;

namespace CloudPump.Pipelines;

/// <summary>Finds the expressions in a component's options, however deep they stand.</summary>
internal static class OptionExpressions
{
    /// <summary>The expressions, each with the option of the component that it stands in.</summary>
    public static IEnumerable<(string Option, Expression Expression)> Of(ComponentDefinition component, ComponentRegistry registry) =>
        registry.Of(component).Options.SelectMany(o => In(o.Get(component)).Select(e => (o.Name, e)));

    private static IEnumerable<Expression> In(object? value) => value switch
    {
        null or string or ITextOption => [],
        Expression expression => [expression],
        IEnumerable list => list.Cast<object?>().SelectMany(In),
        _ when IsEntry(value.GetType()) => In(value.GetType().GetProperty("Value")!.GetValue(value)),
        _ => OptionDescriptor.Of(value.GetType()).SelectMany(o => In(o.Get(value))),
    };

    private static bool IsEntry(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
}
