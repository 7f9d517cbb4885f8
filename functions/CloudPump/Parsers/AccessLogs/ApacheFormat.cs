using CloudPump.Pipelines;

namespace CloudPump.Parsers.AccessLogs;

/// <summary>The directives of Apache's LogFormat: %h, %>s, %{Referer}i, %!200{X}o.</summary>
internal static class ApacheFormat
{
    private static readonly Dictionary<char, (string Field, LogValue Value)> Plain = new()
    {
        ['h'] = ("client_ip", LogValue.Text), ['a'] = ("client_ip", LogValue.Text), ['A'] = ("server_ip", LogValue.Text), ['l'] = ("ident", LogValue.Text),
        ['u'] = ("user", LogValue.Text), ['t'] = ("timestamp", LogValue.BracketedTime), ['r'] = ("request", LogValue.Request), ['s'] = ("status", LogValue.Status),
        ['b'] = ("bytes", LogValue.Int), ['B'] = ("bytes", LogValue.Int), ['O'] = ("bytes_sent", LogValue.Int), ['I'] = ("bytes_received", LogValue.Int),
        ['S'] = ("bytes_total", LogValue.Int), ['D'] = ("duration_us", LogValue.Int), ['T'] = ("duration_s", LogValue.Int), ['v'] = ("server_name", LogValue.Text),
        ['V'] = ("server_name", LogValue.Text), ['p'] = ("server_port", LogValue.Int), ['m'] = ("method", LogValue.Text), ['U'] = ("path", LogValue.Text),
        ['q'] = ("query", LogValue.Text), ['H'] = ("protocol", LogValue.Text), ['f'] = ("file", LogValue.Text), ['k'] = ("keepalive_requests", LogValue.Int),
        ['P'] = ("process_id", LogValue.Int), ['X'] = ("connection_status", LogValue.Text), ['L'] = ("log_id", LogValue.Text), ['R'] = ("handler", LogValue.Text),
    };

    /// <summary>Reads the directive at a place, and goes beyond it.</summary>
    /// <exception cref="LogFormatException">There is no such directive.</exception>
    public static LogStep Read(string text, ref int at)
    {
        var start = at++;
        while (at < text.Length && text[at] is '!' or '<' or '>' or ',' or (>= '0' and <= '9'))
        {
            at++;
        }

        string? argument = null;
        if (at < text.Length && text[at] == '{')
        {
            var end = text.IndexOf('}', at);
            argument = end > at + 1 ? text[(at + 1)..end] : throw new LogFormatException("The name in braces is empty or has no end; write %{Name}i", start);
            at = end + 1;
        }

        var letter = at < text.Length ? text[at++] : ' ';
        var written = text[start..Math.Min(at, text.Length)];
        return (argument is null ? OfLetter(letter, written) : OfArgument(argument, letter, written, start))
            ?? throw new LogFormatException($"There is no directive '{written}' in Apache's LogFormat that is known here; a percent sign itself is written %%", start);
    }

    private static LogStep? OfLetter(char letter, string written) => Plain.TryGetValue(letter, out var field) ? new LogStep(field.Field, field.Value, written) : null;

    private static LogStep? OfArgument(string argument, char letter, string written, int offset) => letter switch
    {
        'i' => new LogStep(RequestHeader(argument), LogValue.Text, written),
        'o' => new LogStep("response_header_" + Name(argument), LogValue.Text, written),
        'C' => new LogStep("cookie_" + Name(argument), LogValue.Text, written),
        'e' => new LogStep("env_" + Name(argument), LogValue.Text, written),
        'n' => new LogStep("note_" + Name(argument), LogValue.Text, written),
        't' => Time(argument, written, offset),
        'T' => argument switch
        {
            "s" => new LogStep("duration_s", LogValue.Int, written),
            "ms" => new LogStep("duration_ms", LogValue.Int, written),
            "us" => new LogStep("duration_us", LogValue.Int, written),
            _ => throw new LogFormatException($"The unit in '{written}' is s, ms or us", offset),
        },
        'p' => argument switch
        {
            "canonical" or "local" => new LogStep("server_port", LogValue.Int, written),
            "remote" => new LogStep("client_port", LogValue.Int, written),
            _ => throw new LogFormatException($"The port in '{written}' is canonical, local or remote", offset),
        },
        'P' => new LogStep(argument == "pid" ? "process_id" : "thread_id", argument == "hextid" ? LogValue.Text : LogValue.Int, written),
        'a' when argument == "c" => new LogStep("peer_ip", LogValue.Text, written),
        'h' when argument == "c" => new LogStep("peer_ip", LogValue.Text, written),
        _ => null,
    };

    /// <summary>The field of a request's header; the usual ones have the names they have everywhere.</summary>
    public static string RequestHeader(string header) => Name(header) switch
    {
        "referer" => "referrer",
        "user_agent" => "user_agent",
        "x_forwarded_for" => "forwarded_for",
        var name => "request_header_" + name,
    };

    private static string Name(string text) => text.ToLowerInvariant().Replace('-', '_');

    private static LogStep Time(string argument, string written, int offset)
    {
        var format = argument.StartsWith("begin:", StringComparison.Ordinal) ? argument[6..] : argument.StartsWith("end:", StringComparison.Ordinal) ? argument[4..] : argument;
        return format switch
        {
            "sec" => new LogStep("timestamp", LogValue.Seconds, written),
            "msec" => new LogStep("timestamp", LogValue.Milliseconds, written),
            "usec" => new LogStep("timestamp", LogValue.Microseconds, written),
            _ => new LogStep("timestamp", LogValue.Strftime, written) { Format = Strftime.Read(format, offset) },
        };
    }
}
