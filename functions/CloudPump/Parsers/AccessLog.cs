using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// Access logs of Apache (mod_log_config: common, combined) and nginx (ngx_http_log_module: combined, and with a third quoted field as in its default
/// configuration).
/// </summary>
[Component(ComponentKind.Parser, "access_log", "Reads lines of Apache and nginx access logs, common and combined.", Example = "parse: access_log")]
public sealed class AccessLog : ParserDefinition
{
    /// <summary>ECS names.</summary>
    [Option("Give the fields the names of the Elastic Common Schema.")]
    public bool Ecs { get; set; }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new AccessLogParser(context.Fields, Ecs ? new EcsNames(context.Fields) : null);
}
