using CloudPump.Events;
using CloudPump.Parsers.Groks;
using CloudPump.Parsers.Patterns;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// Patterns made of named parts, as Logstash users know them: `%{NAME}`, `%{NAME:field}`, `%{NAME:field:type}` with the types int, float, bool, text and timestamp, and regular
/// expressions around them with (?&lt;field&gt;...). A field [a][b] or a.b lies in an object. What matches nothing gives no field; of a field that matches twice the last value
/// counts. Ready-made are USERNAME, USER, EMAILADDRESS, INT, BASE10NUM, NUMBER, BASE16NUM, BASE16FLOAT, POSINT, NONNEGINT, WORD, NOTSPACE, SPACE, DATA, GREEDYDATA, QUOTEDTEXT,
/// QUOTEDSTRING, QS, UUID, URN, MAC, CISCOMAC, WINDOWSMAC, COMMONMAC, IPV4, IPV6, IP, HOSTNAME, HOST, IPORHOST, HOSTPORT, PATH, UNIXPATH, WINPATH, TTY, URI, URIPROTO, URIHOST,
/// URIPATH, URIQUERY, URIPARAM, URIPATHPARAM, MONTH, MONTHNUM, MONTHNUM2, MONTHDAY, DAY, YEAR, HOUR, MINUTE, SECOND, TIME, DATE, DATE_US, DATE_EU, ISO8601_TIMEZONE,
/// ISO8601_HOUR, ISO8601_SECOND, TIMESTAMP_ISO8601, DATESTAMP, DATESTAMP_RFC822, DATESTAMP_RFC2822, DATESTAMP_OTHER, DATESTAMP_EVENTLOG, TZ, HTTPDATE, HTTPDERROR_DATE,
/// SYSLOGTIMESTAMP, PROG, SYSLOGPROG, SYSLOGHOST, SYSLOGFACILITY, SYSLOGBASE, SYSLOGBASE2, SYSLOGLINE, LOGLEVEL, HTTPDUSER, COMMONAPACHELOG, COMBINEDAPACHELOG. The Apache ones
/// give clientip, ident, auth, timestamp, verb, request, httpversion (or rawrequest), response, bytes, referrer, agent; `-` gives no field, and numbers are numbers.
/// Everything runs without backtracking, and allocates like `regex`.
/// </summary>
[Component(ComponentKind.Parser, "grok", "Reads events by patterns of named parts such as %{IP:client}, as Logstash users know them.",
    Example = "parse: {grok: {match: '%{IP:client} %{WORD:method} %{URIPATHPARAM:path} %{INT:bytes:int} %{NUMBER:took:float}'}}",
    Given = "203.0.113.7 GET /index.html 15824 0.043", Gives = ["""{"client": "203.0.113.7", "method": "GET", "path": "/index.html", "bytes": 15824, "took": 0.043}"""])]
public sealed class Grok : ParserDefinition
{
    /// <summary>The patterns.</summary>
    [Option("A pattern, or several that are tried in order.", Main = true, Required = true)]
    public List<string> Match { get; set; } = [];

    /// <summary>Own patterns.</summary>
    [Option("Own patterns by name, for use in 'match' and in one another; a ready-made pattern of that name is replaced.")]
    public NamedList<string> Patterns { get; set; } = [];

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        var definitions = new GrokDefinitions(Patterns);
        var tree = new FieldTree(new FieldTable());
        if (Match.Count == 0)
        {
            report.Error(this, "match", "'match' takes a pattern, or a list of patterns.");
        }

        foreach (var (name, _) in Patterns.Where(p => p.Key.Length == 0 || p.Key.AsSpan().ContainsAny(":{} ")))
        {
            report.Error(this, "patterns", $"'{name}' cannot be a pattern's name; write letters, digits and _.");
        }

        for (var i = 0; i < Match.Count; i++)
        {
            try
            {
                CompiledPattern.Compile(Match[i], definitions, tree);
            }
            catch (PatternException e)
            {
                report.Error(this, "match", Match.Count == 1 ? e.Message : $"Pattern {i + 1}: {e.Message}");
            }
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var definitions = new GrokDefinitions(Patterns);
        var tree = new FieldTree(context.Fields);
        CompiledPattern[] patterns = [.. Match.Select(m => CompiledPattern.Compile(m, definitions, tree))];
        return new PatternParser(patterns, tree, keepEmpty: false);
    }
}
