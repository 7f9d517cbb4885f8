using System.Globalization;
using System.Reflection;
using CloudPump.Expressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPump.Pipelines;

/// <content>Single values: texts, numbers, durations, expressions.</content>
internal sealed partial class OptionBinder
{
    private object? Scalar(YamlScalarNode node, Type type, string name)
    {
        if (IsEmpty(node) || Text(node) is not { } text)
        {
            return null;
        }

        return type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(Expression) => Parse(node, text, () => IsCondition(name) ? Expression.ParseCondition(text) : Expression.Parse(text)),
            _ when type.IsAssignableTo(typeof(ITextOption)) => Parse(node, text, () => TextOption(type, text)),
            _ when type == typeof(bool) => text is "true" or "false" ? text == "true" : Wrong(node, name, "true or false"),
            _ when type == typeof(int) => int.TryParse(text, CultureInfo.InvariantCulture, out var i) ? i : Wrong(node, name, "a whole number"),
            _ when type == typeof(long) => long.TryParse(text, CultureInfo.InvariantCulture, out var l) ? l : Wrong(node, name, "a whole number"),
            _ when type == typeof(double) => double.TryParse(text, CultureInfo.InvariantCulture, out var d) ? d : Wrong(node, name, "a number"),
            _ when type == typeof(TimeSpan) => Duration.TryParse(text, out var t) ? t : Wrong(node, name, "a duration such as 30s, 5m, 1h or 7d"),
            _ when type == typeof(ByteSize) => ByteSize.TryParse(text, out var s) ? s : Wrong(node, name, "a size such as 512, 64kb or 1mb"),
            _ when type.IsEnum => ParseEnum(node, text, type, name),
            _ => throw new InvalidOperationException($"No option can have the type {type}."),
        };
    }

    // The words that all components have for their conditions.
    private static bool IsCondition(string name) => name is "when" or "having" || name.EndsWith("_when", StringComparison.Ordinal);

    private object? ParseEnum(YamlScalarNode node, string text, Type type, string name)
    {
        var names = Enum.GetNames(type).ToDictionary(OptionDescriptor.SnakeCase, n => n, StringComparer.Ordinal);
        if (names.TryGetValue(text, out var value))
        {
            return Enum.Parse(type, value);
        }

        Error(node, $"'{name}' takes {string.Join(", ", names.Keys)}, not '{text}'.{Nearest.Hint(text, names.Keys)}");
        return null;
    }

    private static object TextOption(Type type, string text) =>
        type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string)])!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [text], null)!;

    private object? Parse(YamlScalarNode node, string text, Func<object> parse)
    {
        try
        {
            var value = parse();
            (value as ILocated)?.SetLocation("", text == node.Value ? Inside(node, 0) : At(node));
            return value;
        }
        catch (ExpressionException e)
        {
            diagnostics.Add(new Diagnostic(text == node.Value ? Inside(node, e.Offset) : At(node), e.Message));
            return null;
        }
    }

    /// <summary>The place of a character of a scalar; the scalar's own when its text does not stand in the file as it is (folded, escaped).</summary>
    public SourceLocation Inside(YamlScalarNode node, int offset)
    {
        var quote = node.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        var asWritten = node.Start.Line == node.End.Line && node.End.Column - node.Start.Column == (node.Value ?? "").Length + (2 * quote);
        var at = At(node);
        return asWritten ? at with { Column = at.Column + quote + offset } : at;
    }
}
