using CloudPump.Parsers.Patterns;
using CloudPump.Pipelines;

namespace CloudPump.Parsers.Groks;

/// <summary>The patterns that a `grok` parser can refer to: the ready-made ones, and the pipeline's own, which go before them.</summary>
internal sealed class GrokDefinitions : IPatternDefinitions
{
    private readonly Dictionary<string, string> _patterns = new(StringComparer.Ordinal);

    /// <summary>Takes the ready-made patterns and the pipeline's own.</summary>
    public GrokDefinitions(IEnumerable<KeyValuePair<string, string>> own)
    {
        foreach (var line in $"{GrokText.Basics}\n{GrokText.Times}\n{GrokText.Logs}".Split('\n'))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            _patterns.Add(line[..space], line[(space + 1)..].TrimEnd('\r'));
        }

        foreach (var (name, pattern) in own)
        {
            _patterns[name] = pattern;
        }
    }

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _patterns.Keys;

    /// <inheritdoc/>
    public string Find(string name) => _patterns.TryGetValue(name, out var pattern)
        ? pattern
        : throw new PatternException($"There is no pattern '{name}'.{Hint(name)}");

    private string Hint(string name) => Nearest.Hint(name, _patterns.Keys) is { Length: > 0 } hint
        ? hint
        : " Ready-made are WORD, NUMBER, IP, DATA, GREEDYDATA, TIMESTAMP_ISO8601 and many more; own ones stand under 'patterns'.";
}
