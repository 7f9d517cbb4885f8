namespace CloudPump.Parsers.AccessLogs;

/// <summary>The variables of nginx's log_format. Those that have a usual name get it, others become the field of their own name.</summary>
internal static class NginxFormat
{
    /// <summary>Reads what begins at a place of the format; returns where the next begins.</summary>
    public static int Read(string format, int at, List<LogItem> items, out string problem)
    {
        problem = "";
        if (format[at] != '$')
        {
            LogFormat.AddLiteral(items, format[at].ToString());
            return at + 1;
        }

        var braced = at + 1 < format.Length && format[at + 1] == '{';
        var start = at + (braced ? 2 : 1);
        var end = start;
        while (end < format.Length && (char.IsAsciiLetterOrDigit(format[end]) || format[end] == '_'))
        {
            end++;
        }

        if (end == start || (braced && (end == format.Length || format[end] != '}')))
        {
            problem = $"the variable at character {at + 1} has no name, or its bracket is not closed.";
            return format.Length;
        }

        items.Add(Item(format[start..end]));
        return end + (braced ? 1 : 0);
    }

    private static LogItem Item(string variable) => variable switch
    {
        "remote_addr" => new(LogItemKind.Text, "client_ip"),
        "remote_user" => new(LogItemKind.Text, "user"),
        "remote_port" => new(LogItemKind.Int, "client_port"),
        "time_local" => new(LogItemKind.LogTime, "timestamp"),
        "time_iso8601" => new(LogItemKind.IsoTime, "timestamp"),
        "msec" => new(LogItemKind.UnixTime, "timestamp"),
        "request" => new(LogItemKind.Request, "request"),
        "status" => new(LogItemKind.Int, "status"),
        "body_bytes_sent" => new(LogItemKind.Int, "bytes"),
        "bytes_sent" or "request_length" or "connection" or "connection_requests" or "server_port" or "pid" or "content_length" => new(LogItemKind.Int, variable),
        "request_method" => new(LogItemKind.Text, "method"),
        "request_uri" => new(LogItemKind.Text, "path"),
        "args" or "query_string" => new(LogItemKind.Text, "query"),
        "server_protocol" => new(LogItemKind.Text, "protocol"),
        "request_time" or "upstream_response_time" or "upstream_connect_time" or "upstream_header_time" or "gzip_ratio" => new(LogItemKind.Number, variable),
        _ when variable.StartsWith("http_", StringComparison.Ordinal) => new(LogItemKind.Text, LogFormat.HeaderField(variable[5..])),
        _ => new(LogItemKind.Text, variable),
    };
}
