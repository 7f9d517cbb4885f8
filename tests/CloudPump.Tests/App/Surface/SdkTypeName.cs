using System.Text.RegularExpressions;

namespace CloudPump.Tests.App.Surface;

/// <summary>
/// A type as a pattern of how listings write it: C# keywords, no namespaces. The '?' of value types must agree; that of references may be there or not, since
/// only some of the SDK's assemblies are annotated.
/// </summary>
internal static class SdkTypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(byte)] = "byte",
        [typeof(short)] = "short", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(double)] = "double",
    };

    public static string Of(Type type)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + @"\?";
        }

        return Bare(type) + (type.IsValueType ? "" : @"\??");
    }

    private static string Bare(Type type)
    {
        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + @"\[]";
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        return type.IsGenericType
            ? $"{Regex.Escape(type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)])}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
            : Regex.Escape(type.Name);
    }
}
