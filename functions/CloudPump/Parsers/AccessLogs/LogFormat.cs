using System.Text;
using CloudPump.Pipelines;

namespace CloudPump.Parsers.AccessLogs;

/// <summary>
/// A format of a log as a list of steps. Sources of the formats: Apache's mod_log_config (LogFormat, with the nicknames common, combined and vhost_combined) and nginx's
/// ngx_http_log_module (log_format).
/// </summary>
internal sealed class LogFormat
{
    private const string Common = "%h %l %u %t \"%r\" %>s %b";
    private const string Referrers = " \"%{Referer}i\" \"%{User-Agent}i\"";
    private static readonly (string Name, string Format)[] Nicknames =
        [("common", Common), ("combined", Common + Referrers), ("vhost_combined", "%v:%p %h %l %u %t \"%r\" %>s %O" + Referrers)];

    private readonly List<LogStep> _steps = [];
    private readonly StringBuilder _literal = new();

    /// <summary>What every line begins with.</summary>
    public byte[] Start { get; private set; } = [];

    /// <summary>What follows.</summary>
    public IReadOnlyList<LogStep> Steps => _steps;

    /// <summary>Reads a format or a nickname.</summary>
    /// <exception cref="LogFormatException">It is none.</exception>
    public static LogFormat Read(string text)
    {
        var nickname = Array.Find(Nicknames, n => n.Name == text).Format;
        var format = new LogFormat();
        format.ReadSteps(nickname ?? text);
        return format._steps.Count > 0 ? format : throw new LogFormatException(
            $"The format has no field; write Apache's (%h %l %u ...), nginx's ($remote_addr ...), or one of {string.Join(", ", Nicknames.Select(n => n.Name))}.{Nearest.Hint(text, Nicknames.Select(n => n.Name))}", 0);
    }

    private void ReadSteps(string text)
    {
        // What comes first decides: in the one language the other's sign is text.
        var nginx = text.AsSpan().IndexOfAny('%', '$') is var sign and >= 0 && text[sign] == '$';
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                _literal.Append(text[i + 1] switch { 't' => '\t', 'n' => '\n', var other => other });
                i += 2;
            }
            else if (text[i] == (nginx ? '$' : '%') && !text.AsSpan(i).StartsWith("%%"))
            {
                var start = i;
                var step = nginx ? NginxFormat.Read(text, ref i) : ApacheFormat.Read(text, ref i);
                Add(step, start);
            }
            else
            {
                _literal.Append(text[i]);
                i += text.AsSpan(i).StartsWith("%%") && !nginx ? 2 : 1;
            }
        }

        EndLiteral(last: true);
    }

    private void Add(LogStep step, int offset)
    {
        var quoted = _literal.Length > 0 && _literal[^1] == '"';
        if (_steps.Count > 0 && _literal.Length == 0 && _steps[^1].Value != LogValue.BracketedTime)
        {
            throw new LogFormatException($"Nothing stands between {_steps[^1].Written} and {step.Written}, so nobody can tell where the first ends; leave one of them out", offset);
        }

        EndLiteral(last: false);
        step.IsQuoted = quoted;
        _steps.Add(step);
    }

    // The text since the last field ends that field. Only what is quoted on both sides is quoted.
    private void EndLiteral(bool last)
    {
        var literal = Encoding.UTF8.GetBytes(_literal.ToString());
        if (_steps.Count == 0)
        {
            Start = literal;
        }
        else
        {
            _steps[^1].End = last ? literal.AsSpan().TrimEnd("\r\n"u8).ToArray() : literal;
            _steps[^1].IsQuoted &= literal is [(byte)'"', ..];
        }

        _literal.Clear();
    }
}
