namespace CloudPump.Parsers.AccessLogs;

/// <summary>
/// Reads a LogFormat of Apache (mod_log_config) or a log_format of nginx (ngx_http_log_module) as the pieces of a line; which of the two it is, is told by % or $.
/// </summary>
internal static class LogFormat
{
    private const string VirtualHostCombined = "%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"";

    /// <summary>Reads a format; false, and why, when it is none.</summary>
    public static bool TryRead(string format, out List<LogItem> items, out string problem)
    {
        format = format == "vhost_combined" ? VirtualHostCombined : format;
        var isApache = format.Contains('%', StringComparison.Ordinal);
        items = [];
        problem = isApache || format.Contains('$', StringComparison.Ordinal) ? "" : "it has neither a directive of Apache such as %h nor a variable of nginx such as $remote_addr.";
        for (var at = 0; at < format.Length && problem.Length == 0;)
        {
            at = isApache ? ApacheFormat.Read(format, at, items, out problem) : NginxFormat.Read(format, at, items, out problem);
        }

        for (var i = 1; i < items.Count && problem.Length == 0; i++)
        {
            if (items[i].Kind != LogItemKind.Literal && items[i - 1].Kind is not (LogItemKind.Literal or LogItemKind.BracketedTime))
            {
                problem = $"nothing stands between '{items[i - 1].Text}' and '{items[i].Text}', so it cannot be told where one ends.";
            }
        }

        return problem.Length == 0;
    }

    /// <summary>Adds text that is the same in every line.</summary>
    public static void AddLiteral(List<LogItem> items, string text)
    {
        if (items is [.., { Kind: LogItemKind.Literal } last])
        {
            items[^1] = last with { Text = last.Text + text };
        }
        else
        {
            items.Add(new LogItem(LogItemKind.Literal, text));
        }
    }

    /// <summary>A header's field: what is usual has its usual name.</summary>
    public static string HeaderField(string header) => header.ToLowerInvariant().Replace('-', '_') switch
    {
        "referer" => "referrer",
        "x_forwarded_for" => "forwarded_for",
        var name => name,
    };
}
