using CloudPump.Parsers.AccessLogs;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// Access logs of Apache (mod_log_config: common, combined) and nginx (ngx_http_log_module: combined, and with a third quoted field as in its default
/// configuration).
/// </summary>
[Component(ComponentKind.Parser, "access_log", "Reads lines of Apache and nginx access logs: common, combined, or of a format that is given.", Example = "parse: access_log",
    Given = "203.0.113.7 - frank [10/Oct/2026:13:55:36 -0700] \"GET /a?b=1 HTTP/1.1\" 200 2326 \"-\" \"curl/8\"",
    Gives = ["""{"client_ip": "203.0.113.7", "user": "frank", "timestamp": "2026-10-10T20:55:36Z", "method": "GET", "path": "/a?b=1", "protocol": "HTTP/1.1", "status": 200, "bytes": 2326, "user_agent": "curl/8"}"""])]
public sealed class AccessLog : ParserDefinition
{
    /// <summary>ECS names.</summary>
    [Option("Give the fields the names of the Elastic Common Schema.")]
    public bool Ecs { get; set; }

    /// <summary>The format.</summary>
    [Option("How the lines are written, if not common or combined: a LogFormat of Apache (%h %t \"%r\" %>s %b %D) or a log_format of nginx ($remote_addr [$time_local] \"$request\" $status $request_time).")]
    public string? Format { get; set; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Format is not null && LogFormat.TryRead(Format, out _, out var problem) is false)
        {
            report.Error(this, "format", $"The format cannot be read: {problem}");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var ecs = Ecs ? new EcsNames(context.Fields) : null;
        if (Format is null or "common" or "combined")
        {
            return new AccessLogParser(context.Fields, ecs);
        }

        return LogFormat.TryRead(Format, out var items, out var problem)
            ? new FormattedLogParser(items, context.Fields, ecs)
            : throw new DefinitionException([new Diagnostic(LocationOf("format"), $"The format cannot be read: {problem}")]);
    }
}
