namespace CloudPump.Parsers.Patterns;

/// <summary>The named classes of POSIX, such as [:alpha:] between brackets; .NET's regular expressions would read them as letters.</summary>
internal static class PosixClass
{
    /// <summary>Reads a named class at the beginning of the text; its meaning as .NET writes it, and its length; null when there is none.</summary>
    public static string? Read(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        var end = text.StartsWith("[:") ? text.IndexOf(":]") : -1;
        if (end < 0)
        {
            return null;
        }

        length = end + 2;
        return text[2..end] switch
        {
            "alpha" => "a-zA-Z",
            "digit" => "0-9",
            "alnum" => "a-zA-Z0-9",
            "upper" => "A-Z",
            "lower" => "a-z",
            "space" => "\\s",
            "blank" => " \\t",
            "punct" => "!-/:-@\\[-`{-~",
            "xdigit" => "0-9A-Fa-f",
            "word" => "\\w",
            "cntrl" => "\\x00-\\x1f\\x7f",
            "print" => "\\x20-\\x7e",
            "graph" => "\\x21-\\x7e",
            _ => null,
        };
    }
}
