using System.Text;

namespace CloudPump.Expressions;

/// <summary>Writes RE2's syntax as .NET's where the two differ: ASCII classes, the end of the text, named groups, POSIX classes.</summary>
internal static class PatternSyntax
{
    private static readonly (string Posix, string Set)[] PosixClasses =
    [
        ("[:alnum:]", "0-9A-Za-z"), ("[:alpha:]", "A-Za-z"), ("[:digit:]", "0-9"), ("[:lower:]", "a-z"), ("[:upper:]", "A-Z"),
        ("[:space:]", @"\t-\r "), ("[:blank:]", @"\t "), ("[:word:]", "0-9A-Za-z_"), ("[:xdigit:]", "0-9A-Fa-f"), ("[:punct:]", @"!-/:-@\[-`{-~"),
        ("[:cntrl:]", @"\x00-\x1f\x7f"), ("[:graph:]", "!-~"), ("[:print:]", " -~"), ("[:ascii:]", @"\x00-\x7f"),
    ];

    public static string Translate(string pattern)
    {
        var output = new StringBuilder(pattern.Length + 16);
        var isMultiline = pattern.Contains("(?m", StringComparison.Ordinal);
        var inClass = false;
        for (var at = 0; at < pattern.Length;)
        {
            var rest = pattern.AsSpan(at);
            if (rest[0] == '\\' && rest.Length > 1)
            {
                AppendEscape(output, rest[1], inClass);
                at += 2;
            }
            else if (inClass && PosixLength(rest, output) is var length and > 0)
            {
                at += length;
            }
            else
            {
                at += AppendCharacter(output, rest, isMultiline, ref inClass);
            }
        }

        return output.ToString();
    }

    private static int AppendCharacter(StringBuilder output, ReadOnlySpan<char> rest, bool isMultiline, ref bool inClass)
    {
        if (!inClass && rest.StartsWith("(?P<"))
        {
            output.Append("(?<");
            return 4;
        }

        if (!inClass && rest[0] == '$' && !isMultiline)
        {
            // .NET's $ matches before a last newline too.
            output.Append(@"\z");
            return 1;
        }

        if (inClass && rest[0] == '[')
        {
            output.Append(@"\[");
            return 1;
        }

        if (!inClass && rest[0] == '[')
        {
            // A bracket right after the opening one stands for itself.
            inClass = true;
            var open = rest.StartsWith("[^]") ? 3 : rest.StartsWith("[]") ? 2 : 1;
            output.Append(open == 1 ? "[" : open == 2 ? @"[\]" : @"[^\]");
            return open;
        }

        inClass &= rest[0] != ']';
        output.Append(rest[0]);
        return 1;
    }

    private static void AppendEscape(StringBuilder output, char c, bool inClass)
    {
        _ = (c, inClass) switch
        {
            ('d', true) => output.Append("0-9"),
            ('d', false) => output.Append("[0-9]"),
            ('D', false) => output.Append("[^0-9]"),
            ('D', true) => output.Append(@"\x00-/:-\uffff"),
            ('w', true) => output.Append("0-9A-Za-z_"),
            ('w', false) => output.Append("[0-9A-Za-z_]"),
            ('W', false) => output.Append("[^0-9A-Za-z_]"),
            ('W', true) => output.Append(@"\x00-/:-@\[-\^`{-\uffff"),
            ('s', true) => output.Append(@"\t\n\f\r "),
            ('s', false) => output.Append(@"[\t\n\f\r ]"),
            ('S', false) => output.Append(@"[^\t\n\f\r ]"),
            _ => output.Append('\\').Append(c),
        };
    }

    private static int PosixLength(ReadOnlySpan<char> rest, StringBuilder output)
    {
        foreach (var (posix, set) in PosixClasses)
        {
            if (rest.StartsWith(posix))
            {
                output.Append(set);
                return posix.Length;
            }
        }

        return 0;
    }
}
