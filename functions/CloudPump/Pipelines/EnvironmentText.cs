using System.Text;

namespace CloudPump.Pipelines;

/// <summary>Replaces `${NAME}` and `${NAME:-default}` by the environment; `$${` stands for a literal `${`.</summary>
public static class EnvironmentText
{
    /// <summary>Expands a text.</summary>
    /// <param name="text">The text as written.</param>
    /// <param name="lookup">The environment: the value of a name, or null.</param>
    /// <param name="missing">The name that has no value and no default, or null; the text is then as far as it went.</param>
    public static string Expand(string text, Func<string, string?> lookup, out string? missing)
    {
        missing = null;
        if (!text.Contains("${", StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder();
        var at = 0;
        for (var start = text.IndexOf("${", StringComparison.Ordinal); start >= 0; start = text.IndexOf("${", at, StringComparison.Ordinal))
        {
            var end = text.IndexOf('}', start);
            var escaped = start > at && text[start - 1] == '$';
            result.Append(text, at, start - at);
            if (escaped || end < 0)
            {
                result.Append(escaped ? "{" : "${");
                at = start + 2;
                continue;
            }

            result.Append(Value(text[(start + 2)..end], lookup, ref missing));
            at = end + 1;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static string Value(string content, Func<string, string?> lookup, ref string? missing)
    {
        var split = content.IndexOf(":-", StringComparison.Ordinal);
        var name = split < 0 ? content : content[..split];
        var value = lookup(name);
        if (string.IsNullOrEmpty(value) && split >= 0)
        {
            return content[(split + 2)..];
        }

        missing ??= value is null ? name : null;
        return value ?? "";
    }
}
