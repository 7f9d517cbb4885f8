using CloudPump.Parsers.AccessLogs;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// Access logs of Apache (mod_log_config: common, combined) and nginx (ngx_http_log_module: combined, and with a third quoted field as in its default configuration). Another
/// format is given as the server's configuration has it: Apache's LogFormat, its nicknames common, combined and vhost_combined, or nginx's log_format; which of the two it is
/// tells its first % or $. Fields: client_ip, ident, user, timestamp, method, path, protocol (or request, where it is no request line), status, bytes, referrer, user_agent,
/// forwarded_for. Of Apache's others: %A server_ip, %v %V server_name, %p server_port, %{remote}p client_port, %{c}a peer_ip, %O bytes_sent, %I bytes_received, %S bytes_total,
/// %D duration_us, %T duration_s, %{ms}T duration_ms, %q query, %f file, %k keepalive_requests, %P process_id, %{tid}P thread_id, %X connection_status, %L log_id, %R handler,
/// %{X}i request_header_x, %{X}o response_header_x, %{X}C cookie_x, %{X}e env_x, %{X}n note_x, %{...}t timestamp (sec, msec, usec, or strftime with %Y %m %d %e %b %H %M %S %z
/// %F %T). Of nginx's: $server_addr server_ip, $remote_port client_port, $args query, $pid process_id; any other variable has its own name, and $request_length, $connection,
/// $request_time, the $upstream times and $gzip_ratio are numbers. A `-` gives no field; in quotes \" \\ and \xHH are escapes.
/// </summary>
[Component(ComponentKind.Parser, "access_log", "Reads lines of Apache and nginx access logs: common, combined, or of the format in the server's configuration.",
    Example = "parse: {access_log: {format: '%v %h %l %u %t \"%r\" %>s %b %D \"%{User-Agent}i\"'}}",
    Given = "www.example.com 203.0.113.7 - bob [10/Oct/2026:13:55:36 +0000] \"GET /a HTTP/1.1\" 200 12 4711 \"curl/8\"",
    Gives = ["""
        {"server_name": "www.example.com", "client_ip": "203.0.113.7", "user": "bob", "timestamp": "2026-10-10T13:55:36Z", "method": "GET", "path": "/a", "protocol": "HTTP/1.1",
         "status": 200, "bytes": 12, "duration_us": 4711, "user_agent": "curl/8"}
        """])]
public sealed class AccessLog : ParserDefinition
{
    /// <summary>The format.</summary>
    [Option("The format as Apache's LogFormat or nginx's log_format has it, or common, combined, vhost_combined; by default common and combined lines are told apart.")]
    public string? Format { get; set; }

    /// <summary>ECS names.</summary>
    [Option("Give the fields the names of the Elastic Common Schema.")]
    public bool Ecs { get; set; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        try
        {
            _ = Format is null ? null : LogFormat.Read(Format);
        }
        catch (LogFormatException e)
        {
            report.Error(this, "format", e.Message);
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var ecs = Ecs ? new EcsNames(context.Fields) : null;
        return Format is null ? new AccessLogParser(context.Fields, ecs) : new LogFormatParser(LogFormat.Read(Format), context.Fields, ecs);
    }
}
