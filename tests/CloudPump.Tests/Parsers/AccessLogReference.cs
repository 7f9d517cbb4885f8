using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CloudPump.Tests.Parsers;

/// <summary>The combined log format by one strict regular expression: slow, and independent of the parser.</summary>
internal static partial class AccessLogReference
{
    private static readonly string[] Texts = ["client_ip", "ident", "user", "referrer", "user_agent"];

    /// <summary>The event as JSON, or null when the line is none.</summary>
    public static JsonObject? Parse(string line)
    {
        var match = Line().Match(line);
        if (!match.Success)
        {
            return null;
        }

        var fields = new JsonObject();
        foreach (var name in Texts.Take(3))
        {
            Put(fields, name, match.Groups[name].Value);
        }

        var time = DateTimeOffset.ParseExact(match.Groups["time"].Value, "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture);
        fields["timestamp"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var request = Escape().Replace(match.Groups["request"].Value, "${kept}");
        var parts = RequestLine().Match(request);
        Put(fields, "method", parts.Groups["method"].Value);
        Put(fields, "path", parts.Groups["path"].Value);
        Put(fields, "protocol", parts.Groups["protocol"].Value);
        fields["status"] = int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture);
        if (match.Groups["bytes"].Value != "-")
        {
            fields["bytes"] = long.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture);
        }

        foreach (var name in Texts.Skip(3))
        {
            Put(fields, name, Escape().Replace(match.Groups[name].Value, "${kept}"));
        }

        return fields;
    }

    private static void Put(JsonObject fields, string name, string value)
    {
        if (value is not ("-" or ""))
        {
            fields[name] = value;
        }
    }

    [GeneratedRegex("""^(?<client_ip>\S+) (?<ident>\S+) (?<user>\S+) \[(?<time>[^\]]+)\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>[0-9]{3}) (?<bytes>[0-9]+|-) "(?<referrer>(?:[^"\\]|\\.)*)" "(?<user_agent>(?:[^"\\]|\\.)*)"$""", RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex("^(?<method>[^ ]*) (?<path>.*) (?<protocol>[^ ]*)$", RegexOptions.NonBacktracking)]
    private static partial Regex RequestLine();

    [GeneratedRegex("""\\(?<kept>["\\])""", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();
}
