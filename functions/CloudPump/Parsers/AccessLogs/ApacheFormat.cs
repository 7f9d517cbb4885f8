namespace CloudPump.Parsers.AccessLogs;

/// <summary>The directives of Apache's LogFormat.</summary>
internal static class ApacheFormat
{
    /// <summary>Reads what begins at a place of the format; returns where the next begins.</summary>
    public static int Read(string format, int at, List<LogItem> items, out string problem)
    {
        problem = "";
        if (format[at] != '%')
        {
            // In a configuration file quotes and line ends are written with a backslash.
            var escaped = format[at] == '\\' && at + 1 < format.Length;
            var text = !escaped ? format[at] : format[at + 1] switch { 't' => '\t', 'n' => '\n', var c => c };
            LogFormat.AddLiteral(items, text.ToString());
            return at + (escaped ? 2 : 1);
        }

        // Conditions on the status, and which of several requests is meant, change nothing of what is written.
        var next = at + 1;
        while (next < format.Length && "!<>0123456789,".Contains(format[next], StringComparison.Ordinal))
        {
            next++;
        }

        var argument = "";
        if (next < format.Length && format[next] == '{')
        {
            var end = format.IndexOf('}', next);
            argument = end < 0 ? "" : format[(next + 1)..end];
            next = end < 0 ? format.Length : end + 1;
        }

        if (next >= format.Length)
        {
            problem = $"the directive at character {at + 1} is not complete.";
            return next;
        }

        if (format[next] == '%')
        {
            LogFormat.AddLiteral(items, "%");
        }
        else if (Item(format[next], argument) is { } item)
        {
            items.Add(item);
        }
        else
        {
            problem = $"'{format[at..(next + 1)]}' at character {at + 1} is not known.";
        }

        return next + 1;
    }

    private static LogItem? Item(char directive, string argument) => directive switch
    {
        'h' => new(LogItemKind.Text, "client_ip"),
        'a' => new(LogItemKind.Text, argument == "c" ? "peer_ip" : "client_ip"),
        'A' => new(LogItemKind.Text, "server_ip"),
        'l' => new(LogItemKind.Text, "ident"),
        'u' => new(LogItemKind.Text, "user"),
        't' => Time(argument),
        'r' => new(LogItemKind.Request, "request"),
        's' => new(LogItemKind.Int, "status"),
        'b' or 'B' => new(LogItemKind.Int, "bytes"),
        'O' => new(LogItemKind.Int, "bytes_sent"),
        'I' => new(LogItemKind.Int, "bytes_received"),
        'S' => new(LogItemKind.Int, "bytes_transferred"),
        'D' => new(LogItemKind.Int, "duration_us"),
        'T' => new(LogItemKind.Int, argument switch { "ms" => "duration_ms", "us" => "duration_us", _ => "duration_s" }),
        'i' => new(LogItemKind.Text, LogFormat.HeaderField(argument)),
        'o' => new(LogItemKind.Text, "response_" + LogFormat.HeaderField(argument)),
        'e' => new(LogItemKind.Text, "env_" + LogFormat.HeaderField(argument)),
        'n' => new(LogItemKind.Text, "note_" + LogFormat.HeaderField(argument)),
        'C' => new(LogItemKind.Text, "cookie_" + LogFormat.HeaderField(argument)),
        'v' => new(LogItemKind.Text, "virtual_host"),
        'V' => new(LogItemKind.Text, "server_name"),
        'p' => new(LogItemKind.Int, argument == "remote" ? "client_port" : "port"),
        'm' => new(LogItemKind.Text, "method"),
        'U' => new(LogItemKind.Text, "path"),
        'q' => new(LogItemKind.Text, "query"),
        'H' => new(LogItemKind.Text, "protocol"),
        'f' => new(LogItemKind.Text, "file"),
        'R' => new(LogItemKind.Text, "handler"),
        'k' => new(LogItemKind.Int, "keepalive"),
        'P' => new(LogItemKind.Int, argument == "tid" ? "tid" : "pid"),
        'X' => new(LogItemKind.Text, "connection_status"),
        'L' => new(LogItemKind.Text, "log_id"),
        _ => null,
    };

    private static LogItem? Time(string argument) => argument switch
    {
        "" => new(LogItemKind.BracketedTime, "timestamp"),
        "sec" or "begin:sec" or "end:sec" => new(LogItemKind.UnixTime, "timestamp"),
        "msec" or "begin:msec" or "end:msec" => new(LogItemKind.UnixMillis, "timestamp"),
        "usec" or "begin:usec" or "end:usec" => new(LogItemKind.UnixMicros, "timestamp"),
        "%d/%b/%Y:%H:%M:%S %z" => new(LogItemKind.LogTime, "timestamp"),
        "%Y-%m-%dT%H:%M:%S%z" or "%FT%T%z" => new(LogItemKind.IsoTime, "timestamp"),

        // Any other is kept as it is written; the transformer `timestamp` reads it.
        _ => new(LogItemKind.Text, "time"),
    };
}
