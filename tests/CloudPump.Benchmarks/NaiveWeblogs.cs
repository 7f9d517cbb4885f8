using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPump.Lookups.Geo;

namespace CloudPump.Benchmarks;

/// <summary>
/// The job of the weblogs pipeline written the usual way: a compiled regular expression, a dictionary per event, strings everywhere. It is what
/// the engine is measured against.
/// </summary>
internal sealed partial class NaiveWeblogs(GeoDatabase geo)
{
    private static readonly byte[] Key = "demo"u8.ToArray();
    private readonly List<string> _errors = [];
    private readonly Dictionary<(DateTime Start, string Path), (long Hits, long Bytes)> _windows = [];

    public long Read { get; private set; }

    public long Dead { get; private set; }

    public long Filtered { get; private set; }

    public int Errors => _errors.Count;

    public int Windows => _windows.Count;

    public void Run(string input, string output)
    {
        using var writer = new StreamWriter(output);
        foreach (var line in File.ReadLines(input))
        {
            Read++;
            var fields = Parse(line);
            if (fields is null)
            {
                Dead++;
                continue;
            }

            Enrich(fields);
            Anonymize(fields);
            fields["is_error"] = (int)fields["status"] >= 500;
            if (fields.TryGetValue("path", out var path) && ((string)path).StartsWith("/health", StringComparison.Ordinal))
            {
                Filtered++;
                continue;
            }

            if ((bool)fields["is_error"])
            {
                _errors.Add(JsonSerializer.Serialize(fields));
            }

            Count(fields);
            writer.WriteLine(JsonSerializer.Serialize(fields));
        }
    }

    private static Dictionary<string, object>? Parse(string line)
    {
        var match = CombinedLine().Match(line);
        if (!match.Success || !DateTimeOffset.TryParseExact(match.Groups["time"].Value, "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        var fields = new Dictionary<string, object>(StringComparer.Ordinal);
        Put(fields, "client_ip", match);
        Put(fields, "ident", match);
        Put(fields, "user", match);
        fields["timestamp"] = time.UtcDateTime;
        Put(fields, "method", match);
        Put(fields, "path", match);
        Put(fields, "protocol", match);
        fields["status"] = int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture);
        if (match.Groups["bytes"].Value != "-")
        {
            fields["bytes"] = long.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture);
        }

        Put(fields, "referrer", match);
        Put(fields, "user_agent", match);
        return fields;
    }

    private static void Put(Dictionary<string, object> fields, string name, Match match)
    {
        var value = match.Groups[name].Value;
        if (value is not ("" or "-"))
        {
            fields[name] = value;
        }
    }

    private static void Anonymize(Dictionary<string, object> fields)
    {
        var address = (string)fields["client_ip"];
        var last = address.LastIndexOf('.');
        fields["client_ip"] = last > 0 ? address[..last] + ".0" : string.Join(':', address.Split(':').Take(3)) + "::";
        if (fields.TryGetValue("user", out var user))
        {
            fields["user"] = Convert.ToHexString(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes((string)user))).ToLowerInvariant()[..32];
        }
    }

    private void Enrich(Dictionary<string, object> fields)
    {
        if (geo.TryFindJson(Encoding.UTF8.GetBytes((string)fields["client_ip"]), out var json))
        {
            using var record = JsonDocument.Parse(Encoding.UTF8.GetString(json));
            if (record.RootElement.TryGetProperty("country_code", out var country))
            {
                fields["geo"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["country_code"] = country.GetString() ?? "" };
            }
        }
    }

    private void Count(Dictionary<string, object> fields)
    {
        var time = (DateTime)fields["timestamp"];
        var path = fields.TryGetValue("path", out var p) ? (string)p : "";
        var key = (new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc), path);
        var (hits, bytes) = _windows.GetValueOrDefault(key);
        _windows[key] = (hits + 1, bytes + (fields.TryGetValue("bytes", out var b) ? (long)b : 0));
    }

    [GeneratedRegex(
        """^(?<client_ip>\S+) (?<ident>\S+) (?<user>\S+) \[(?<time>[^\]]+)\] "(?<method>[^" ]+) (?<path>[^" ]+) (?<protocol>[^" ]+)" (?<status>\d{3}) (?<bytes>\d+|-) "(?<referrer>[^"]*)" "(?<user_agent>[^"]*)"$""",
        RegexOptions.Compiled | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CombinedLine();
}
