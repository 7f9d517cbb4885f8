using System.Text.Json;

namespace CloudPump.Tests.Expressions;

/// <summary>The cases of the conformance suite that do not pass, from conformance-exceptions.ndjson.</summary>
internal static class ConformanceExceptions
{
    /// <summary>The reason by the case's name (file/section/name).</summary>
    public static Dictionary<string, string> Read()
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        using var stream = typeof(ConformanceExceptions).Assembly.GetManifestResourceStream("conformance-exceptions.ndjson")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            using var json = JsonDocument.Parse(line);
            var reason = json.RootElement.GetProperty("reason").GetString()!;
            Assert.NotEqual("", reason);
            reasons.Add(json.RootElement.GetProperty("case").GetString()!, reason);
        }

        return reasons;
    }
}
