using System.Text;

namespace CloudPump.Tests.Infra;

/// <summary>Cuts a Bicep file into tokens. It knows what the repository's files use of the language, and tells of open strings and comments.</summary>
internal sealed class BicepLexer(string text)
{
    private const string Signs = "{}[]()@:=?.,!<>+-*/%&|";
    private static readonly string[] TwoSigns = ["::", "=>", "==", "!=", ">=", "<=", "&&", "||", "??"];
    private readonly List<BicepToken> _tokens = [];
    private int _at;
    private int _line = 1;

    /// <summary>The mistakes found.</summary>
    public List<string> Mistakes { get; } = [];

    /// <summary>All tokens of the file.</summary>
    public IReadOnlyList<BicepToken> Read()
    {
        while (_at < text.Length)
        {
            Next();
        }

        return _tokens;
    }

    private void Next()
    {
        var c = text[_at];
        if (c == '\n')
        {
            Add(BicepTokenKind.Line, 1);
            _line++;
        }
        else if (char.IsWhiteSpace(c))
        {
            _at++;
        }
        else if (Starts("//"))
        {
            _at = text.IndexOf('\n', _at) is var end and >= 0 ? end : text.Length;
        }
        else if (Starts("/*"))
        {
            Skip("*/", "comment");
        }
        else if (Starts("'''"))
        {
            Skip("'''", "string");
            _tokens.Add(new BicepToken(BicepTokenKind.Text, "", _line));
        }
        else if (c == '\'')
        {
            String();
        }
        else if (char.IsLetter(c) || c == '_')
        {
            Add(BicepTokenKind.Name, Length(i => char.IsLetterOrDigit(text[i]) || text[i] == '_'));
        }
        else if (char.IsDigit(c))
        {
            Add(BicepTokenKind.Number, Length(i => char.IsDigit(text[i])));
        }
        else
        {
            if (!Signs.Contains(c, StringComparison.Ordinal))
            {
                Mistakes.Add($"{_line}: '{c}' means nothing here");
            }

            Add(BicepTokenKind.Sign, Array.Exists(TwoSigns, Starts) ? 2 : 1);
        }
    }

    // The text comes first, with holes; then what stands in the holes, as if it followed.
    private void String()
    {
        var (line, slot, content) = (_line, _tokens.Count, new StringBuilder());
        _tokens.Add(default);
        for (_at++; _at < text.Length && text[_at] != '\n'; _at++)
        {
            if (text[_at] == '\'')
            {
                _at++;
                _tokens[slot] = new BicepToken(BicepTokenKind.Text, content.ToString(), line);
                return;
            }

            if (text[_at] == '\\')
            {
                _at++;
            }
            else if (Starts("${"))
            {
                Hole();
                content.Append("{}");
                continue;
            }

            content.Append(text[Math.Min(_at, text.Length - 1)]);
        }

        Mistakes.Add($"{line}: a string is not closed");
        _tokens[slot] = new BicepToken(BicepTokenKind.Text, content.ToString(), line);
    }

    private void Hole()
    {
        Add(BicepTokenKind.Sign, 1);
        var depth = 0;
        while (_at < text.Length && text[_at] != '\n')
        {
            depth += text[_at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                _tokens.Add(new BicepToken(BicepTokenKind.Sign, "}", _line));
                return;
            }

            Next();
        }
    }

    private void Skip(string end, string what)
    {
        var close = text.IndexOf(end, _at + end.Length, StringComparison.Ordinal);
        if (close < 0)
        {
            Mistakes.Add($"{_line}: a {what} is not closed");
        }

        var stop = close < 0 ? text.Length : close + end.Length;
        _line += text[_at..stop].Count(c => c == '\n');
        _at = stop;
    }

    private bool Starts(string sign) => string.CompareOrdinal(text, _at, sign, 0, sign.Length) == 0;

    private int Length(Func<int, bool> belongs)
    {
        var end = _at;
        while (end < text.Length && belongs(end))
        {
            end++;
        }

        return end - _at;
    }

    private void Add(BicepTokenKind kind, int length)
    {
        _tokens.Add(new BicepToken(kind, text.Substring(_at, length), _line));
        _at += length;
    }
}
