using System.Globalization;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.Patterns;

/// <summary>
/// Turns a pattern as a pipeline file has it into the regular expression that is run: named groups get names of our own, so that fields can be called anything and one field
/// can stand in several alternatives; references such as %{NAME:field} are replaced by their definitions; what cannot run without backtracking is refused, with its place.
/// </summary>
internal sealed class PatternText
{
    private const int LongestRegex = 1 << 18;
    private readonly StringBuilder _regex = new();
    private readonly List<FieldCapture> _captures = [];
    private readonly IPatternDefinitions? _definitions;

    // The definitions that are being read, the innermost last.
    private readonly List<string> _open = [];

    private PatternText(IPatternDefinitions? definitions) => _definitions = definitions;

    /// <summary>The regular expression.</summary>
    public string Regex => _regex.ToString();

    /// <summary>What becomes a field.</summary>
    public IReadOnlyList<FieldCapture> Captures => _captures;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="PatternException">It cannot be used.</exception>
    public static PatternText Read(string pattern, IPatternDefinitions? definitions)
    {
        var text = new PatternText(definitions);
        text.Append(pattern);
        return text;
    }

    private void Append(string pattern)
    {
        for (var i = 0; i < pattern.Length;)
        {
            i += pattern[i] switch
            {
                '\\' => Escape(pattern, i),
                '[' => Class(pattern, i),
                '(' => Group(pattern, i),
                '%' when _definitions is not null && pattern.AsSpan(i).StartsWith("%{") => Reference(pattern, i),
                _ => Copy(pattern, i, 1),
            };
        }
    }

    private int Copy(string pattern, int at, int length)
    {
        length = Math.Min(length, pattern.Length - at);
        _regex.Append(pattern, at, length);
        return length;
    }

    private int Escape(string pattern, int at)
    {
        var next = at + 1 < pattern.Length ? pattern[at + 1] : ' ';
        return next is (>= '1' and <= '9') or 'k'
            ? throw Refused("a reference to an earlier group", pattern, at, "Write the second part as a pattern of its own and compare the two fields in a filter")
            : next is 'h' && _definitions is not null ? Replace("[0-9A-Fa-f]", 2) : Copy(pattern, at, 2);
    }

    // A set of characters, up to its bracket; a set taken away from it (-[...]) is part of it.
    private int Class(string pattern, int at)
    {
        var i = at + Copy(pattern, at, at + 1 < pattern.Length && pattern[at + 1] == '^' ? 2 : 1);
        i += i < pattern.Length && pattern[i] == ']' ? Copy(pattern, i, 1) : 0;
        while (i < pattern.Length && pattern[i] != ']')
        {
            if (PosixClass.Read(pattern.AsSpan(i), out var length) is { } named)
            {
                i += Replace(named, length);
            }
            else if (pattern[i] == '[' && pattern[i - 1] == '-')
            {
                i += Class(pattern, i);
            }
            else
            {
                i += Copy(pattern, i, pattern[i] == '\\' ? 2 : 1);
            }
        }

        return i + Copy(pattern, i, i < pattern.Length ? 1 : 0) - at;
    }

    private int Group(string pattern, int at)
    {
        var rest = pattern.AsSpan(at);
        if (rest.StartsWith("(?=") || rest.StartsWith("(?!") || rest.StartsWith("(?<=") || rest.StartsWith("(?<!"))
        {
            throw Refused("a look ahead or behind", pattern, at, "Match the text itself, or \\b for a word's edge, and name only the part that is wanted");
        }

        if (rest.StartsWith("(?>") || rest.StartsWith("(?("))
        {
            throw Refused(rest[2] == '>' ? "an atomic group" : "a condition", pattern, at, rest[2] == '>' ? "Write (?:...) instead" : "Write alternatives (a|b) instead");
        }

        if (rest.StartsWith("(?#"))
        {
            var comment = rest.IndexOf(')');
            return comment < 0 ? rest.Length : comment + 1;
        }

        var name = rest.StartsWith("(?<") || rest.StartsWith("(?'") ? 3 : rest.StartsWith("(?P<") ? 4 : 0;
        return name == 0 ? Copy(pattern, at, 1) : Named(pattern, at, name);
    }

    private int Named(string pattern, int at, int start)
    {
        var rest = pattern.AsSpan(at + start);
        var end = rest.IndexOf(pattern[at + start - 1] == '\'' ? '\'' : '>');
        if (end <= 0)
        {
            throw new PatternException($"The name of the group{Place(pattern, at)} has no end; write (?<name>...).");
        }

        Capture(rest[..end].ToString(), FieldType.Text);
        return start + end + 1;
    }

    private void Capture(string field, FieldType type)
    {
        FieldCapture.Way(field);
        var group = string.Create(CultureInfo.InvariantCulture, $"f{_captures.Count}");
        _captures.Add(new FieldCapture(group, field, type));
        _regex.Append("(?<").Append(group).Append('>');
    }

    private int Reference(string pattern, int at)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0)
        {
            throw new PatternException($"The reference{Place(pattern, at)} has no end; write %{{NAME}} or %{{NAME:field}}.");
        }

        var (name, field, type) = PatternReference.Read(pattern[(at + 2)..end]);
        var definition = _definitions!.Find(name);
        if (_open.Contains(name))
        {
            throw new PatternException($"The pattern '{name}' refers to itself ({string.Join(" > ", _open)} > {name}).");
        }

        if (field is null)
        {
            _regex.Append("(?:");
        }
        else
        {
            Capture(field, type);
        }

        _open.Add(name);
        Append(definition);
        _open.RemoveAt(_open.Count - 1);
        _regex.Append(')');
        return _regex.Length <= LongestRegex ? end + 1 - at : throw new PatternException($"The pattern becomes longer than {LongestRegex} characters when its references are replaced.");
    }

    private int Replace(string by, int length)
    {
        _regex.Append(by);
        return length;
    }

    private PatternException Refused(string what, string pattern, int at, string instead) =>
        new($"{char.ToUpperInvariant(what[0])}{what[1..]}{Place(pattern, at)} would need backtracking, which hostile input can make endless. {instead}.");

    private string Place(string pattern, int at) => _open.Count == 0
        ? $" at character {at + 1} ('{Start(pattern, at)}')"
        : $" at character {at + 1} of '{_open[^1]}' ('{Start(pattern, at)}')";

    private static string Start(string pattern, int at) => pattern.Substring(at, Math.Min(12, pattern.Length - at));
}
