namespace CloudPump.Parsers.AccessLogs;

/// <summary>The variables of nginx's log_format: $remote_addr, ${request_time}. A variable that is not known gives the field of its name.</summary>
internal static class NginxFormat
{
    private static readonly Dictionary<string, (string Field, LogValue Value)> Known = new(StringComparer.Ordinal)
    {
        ["remote_addr"] = ("client_ip", LogValue.Text), ["remote_user"] = ("user", LogValue.Text), ["time_local"] = ("timestamp", LogValue.Time),
        ["time_iso8601"] = ("timestamp", LogValue.IsoTime), ["msec"] = ("timestamp", LogValue.Seconds), ["request"] = ("request", LogValue.Request),
        ["status"] = ("status", LogValue.Status), ["body_bytes_sent"] = ("bytes", LogValue.Int), ["bytes_sent"] = ("bytes_sent", LogValue.Int),
        ["http_referer"] = ("referrer", LogValue.Text), ["http_user_agent"] = ("user_agent", LogValue.Text), ["http_x_forwarded_for"] = ("forwarded_for", LogValue.Text),
        ["request_method"] = ("method", LogValue.Text), ["request_uri"] = ("path", LogValue.Text), ["server_protocol"] = ("protocol", LogValue.Text),
        ["args"] = ("query", LogValue.Text), ["query_string"] = ("query", LogValue.Text), ["request_length"] = ("request_length", LogValue.Int),
        ["request_time"] = ("request_time", LogValue.Number), ["upstream_response_time"] = ("upstream_response_time", LogValue.Number),
        ["upstream_connect_time"] = ("upstream_connect_time", LogValue.Number), ["upstream_header_time"] = ("upstream_header_time", LogValue.Number),
        ["upstream_status"] = ("upstream_status", LogValue.Number), ["gzip_ratio"] = ("gzip_ratio", LogValue.Number), ["connection"] = ("connection", LogValue.Int),
        ["connection_requests"] = ("connection_requests", LogValue.Int), ["server_port"] = ("server_port", LogValue.Int), ["remote_port"] = ("client_port", LogValue.Int),
        ["pid"] = ("process_id", LogValue.Int), ["server_addr"] = ("server_ip", LogValue.Text),
    };

    /// <summary>Reads the variable at a place, and goes beyond it.</summary>
    /// <exception cref="LogFormatException">There is no name.</exception>
    public static LogStep Read(string text, ref int at)
    {
        var start = at++;
        var braces = at < text.Length && text[at] == '{';
        at += braces ? 1 : 0;
        var first = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            at++;
        }

        var name = text[first..at];
        if (name.Length == 0 || (braces && (at == text.Length || text[at] != '}')))
        {
            throw new LogFormatException("A variable's name was expected; write $name or ${name}", start);
        }

        at += braces ? 1 : 0;
        return Known.TryGetValue(name, out var field) ? new LogStep(field.Field, field.Value, "$" + name) : new LogStep(name, LogValue.Text, "$" + name);
    }
}
