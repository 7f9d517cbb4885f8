using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CloudPump.Tests.App.Surface;

/// <summary>A member of a declared type as a pattern of its line in a listing.</summary>
internal static class SdkSignature
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The patterns of everything that a type itself declares for others to see.</summary>
    public static IEnumerable<string> Of(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(n => $"{n} = {Convert.ToInt64(Enum.Parse(type, n), CultureInfo.InvariantCulture)}");
        }

        return type.GetConstructors(Declared).Where(c => IsSeen(c) && !IsMade(c)).Select(c => Line(c, "", NameOf(type)))
            .Concat(type.GetMethods(Declared).Where(m => IsSeen(m) && !IsMade(m) && !m.IsSpecialName && !Overrides(m)).Select(m => Line(m, SdkTypeName.Of(m.ReturnType) + " ", NameOf(m))))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(a => IsSeen(a) && !Overrides(a))).Select(Line))
            .Concat(type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(f => $"{SdkTypeName.Of(f.FieldType)} {f.Name}"));
    }

    private static string Line(MethodBase method, string returned, string name) => $"{Modifiers(method)}{returned}{name}\\({Parameters(method.GetParameters())}\\)";

    private static string Line(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsSeen).ToList();
        var widest = accessors.Find(a => a.IsPublic) ?? accessors[0];
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $@"this\[{Parameters(index)}]";
        var written = string.Join(' ', accessors.Select(a => (a.IsPublic == widest.IsPublic ? "" : "protected ") + Accessor(a) + ";"));

        // The real one may be able to do more, but not less.
        return $"{Modifiers(widest)}{SdkTypeName.Of(property.PropertyType)} {name} {{ {written}( [a-z ]+;)? }}";
    }

    private static string Accessor(MethodInfo method) => method.Name.StartsWith("get_", StringComparison.Ordinal) ? "get"
        : method.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";

    private static string Modifiers(MethodBase method)
    {
        if (method.DeclaringType!.IsInterface)
        {
            return "";
        }

        var kind = method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
        return (method.IsPublic ? "" : "protected ") + kind;
    }

    private static string Parameters(IEnumerable<ParameterInfo> parameters) => string.Join(", ", parameters.Select(p =>
        (p.IsOut ? "out " : p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "") + SdkTypeName.Of(p.ParameterType) + " " + p.Name));

    private static string NameOf(Type type) => Regex.Escape(type.Name.Split('`')[0]);

    private static string NameOf(MethodInfo method) =>
        Regex.Escape(method.Name) + (method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "");

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // What the compiler makes of a record is not declared by anybody.
    private static bool IsMade(MethodBase method) => method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool Overrides(MethodInfo method) => method.GetBaseDefinition().DeclaringType != method.DeclaringType;
}
