using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace CloudPump.Expressions;

/// <summary>A regular expression in RE2's syntax, which takes time linear in the text.</summary>
internal sealed class Pattern
{
    private readonly Regex _regex;

    private Pattern(Regex regex) => _regex = regex;

    public static bool TryCreate(string text, [NotNullWhen(true)] out Pattern? pattern, out string error)
    {
        pattern = null;
        error = "";
        try
        {
            const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            pattern = new Pattern(new Regex(PatternSyntax.Translate(text), Options, Timeout.InfiniteTimeSpan));
            return true;
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            error = problem.Message;
            return false;
        }
    }

    public bool IsMatch(ReadOnlySpan<byte> utf8, Scope scope)
    {
        if (scope.Characters.Length < utf8.Length)
        {
            scope.Characters = new char[Math.Max(utf8.Length * 2, 256)];
        }

        // A character takes no more UTF-16 units than UTF-8 bytes.
        return _regex.IsMatch(scope.Characters.AsSpan(0, Encoding.UTF8.GetChars(utf8, scope.Characters)));
    }
}
