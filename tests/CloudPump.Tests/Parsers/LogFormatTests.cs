using System.Text;
using System.Text.Json.Nodes;
using CloudPump.Parsers;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers;

public sealed class LogFormatTests
{
    private const string NginxCombined = "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";

    [Theory]
    [InlineData("combined")]
    [InlineData("%h %l %u %t \\\"%r\\\" %>s %b \\\"%{Referer}i\\\" \\\"%{User-agent}i\\\"")]
    [InlineData(NginxCombined)]
    public void The_real_log_gives_the_events_that_the_built_in_parser_gives(string format)
    {
        var lines = File.ReadAllLines(TestData.Require("access-logs/elastic-apache-combined-10k.log"));
        var expected = new Bench().Add(lines).Parse(new AccessLog());
        var found = new Bench().Add(lines).Parse(new AccessLog { Format = format });
        Assert.Equal(9_999, found.Batch.Rows.Length);
        Assert.Equal(expected.Events, found.Events);
        Assert.Equal(expected.Batch.Failures.Select(f => f.Row), found.Batch.Failures.Select(f => f.Row));
    }

    // Where both take a line, they agree. nginx's client may be a list, since " - " ends it.
    [Theory]
    [InlineData("apache-test.log", "common", "1010000")]
    [InlineData("apache-test.log", "combined", "0100010")]
    [InlineData("apache-test.log", NginxCombined + " \"$http_x_forwarded_for\"", "0001100")]
    [InlineData("apache-test.log", "%v %h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"", "0000001")]
    [InlineData("nginx-test.log", NginxCombined, "1011111")]
    [InlineData("nginx-test.log", "combined", "0001001")]
    public void Other_real_logs_agree_too(string file, string format, string taken)
    {
        var lines = File.ReadAllLines(TestData.Require("access-logs/beats/" + file));
        var expected = new Bench().Add(lines).Parse(new AccessLog());
        var found = new Bench().Add(lines).Parse(new AccessLog { Format = format });
        Assert.Equal(taken, string.Concat(lines.Select((_, row) => found.Batch.RemovalOf(row) == CloudPump.Events.Removal.None ? '1' : '0')));
        foreach (var row in found.Batch.Rows)
        {
            if (expected.Batch.RemovalOf(row) == CloudPump.Events.Removal.None)
            {
                Assert.Equal(expected.Event(row), found.Event(row));
            }
        }
    }

    [Theory]
    [InlineData(
        "vhost_combined", "www.example.com:443 ::1 - - [10/Oct/2026:13:55:36 +0200] \"GET / HTTP/2.0\" 304 0 \"-\" \"a \\\"b\\\"\"",
        """{"server_name":"www.example.com","server_port":443,"client_ip":"::1","timestamp":"2026-10-10T11:55:36Z","method":"GET","path":"/","protocol":"HTTP/2.0","status":304,"bytes_sent":0,"user_agent":"a \"b\""}""")]
    [InlineData(
        "%a|%A|%B|%I|%O|%D|%T|%{ms}T|%p|%{remote}p|%P|%X|%L|%k|%f|%V", "1.1.1.1|2.2.2.2|1|2|3|4|5|6|80|5000|77|+|-|0|/a b|v",
        """{"client_ip":"1.1.1.1","server_ip":"2.2.2.2","bytes":1,"bytes_received":2,"bytes_sent":3,"duration_us":4,"duration_s":5,"duration_ms":6,"server_port":80,"client_port":5000,"process_id":77,"connection_status":"+","keepalive_requests":0,"file":"/a b","server_name":"v"}""")]
    [InlineData(
        "%m %U %q %H %!200,304{X-Id}i \"%{Content-Type}o\" %{sid}C %{E}e %{N}n 100%%", "GET /a ?b=c HTTP/1.1 x \"text/html; q=\\x41\" s e n 100%",
        """{"method":"GET","path":"/a","query":"?b=c","protocol":"HTTP/1.1","request_header_x_id":"x","response_header_content_type":"text/html; q=A","cookie_sid":"s","env_e":"e","note_n":"n"}""")]
    [InlineData("%{%Y-%m-%dT%H:%M:%S%z}t %s", "2026-10-10T13:55:36-0130 200", """{"timestamp":"2026-10-10T15:25:36Z","status":200}""")]
    [InlineData("[%{%d/%b/%Y %T}t] %<s", "[29/Feb/2024 23:59:60] 200", """{"timestamp":"2024-02-29T23:59:59Z","status":200}""")]
    [InlineData("%{sec}t,%s", "1791640536,200", """{"timestamp":"2026-10-10T13:55:36Z","status":200}""")]
    [InlineData("%{begin:msec}t,%s", "1791640536789,-", """{"timestamp":"2026-10-10T13:55:36.789Z"}""")]
    [InlineData("%{end:usec}t", "1791640536789012", """{"timestamp":"2026-10-10T13:55:36.789012Z"}""")]
    [InlineData("%t%h", "[10/Oct/2026:13:55:36 +0000]h", """{"timestamp":"2026-10-10T13:55:36Z","client_ip":"h"}""")]
    public void Formats_of_Apache(string format, string line, string expected) => Assert.Equal(expected, Parse(format, line));

    [Theory]
    [InlineData(
        "$time_iso8601|$scheme|$host|$request_uri|$uri|$args|$request_method|$ssl_protocol|$my_own", "2026-10-10T13:55:36+02:00|https|h|/a?b|/a|b|PUT|TLSv1.3|x y",
        """{"timestamp":"2026-10-10T11:55:36Z","scheme":"https","host":"h","path":"/a?b","uri":"/a","query":"b","method":"PUT","ssl_protocol":"TLSv1.3","my_own":"x y"}""")]
    [InlineData(
        "$msec $request_time \"$upstream_response_time\" ${request_length}b $bytes_sent", "1791640536.789 0.050 \"0.010, 0.040\" 17b 0",
        """{"timestamp":"2026-10-10T13:55:36.789Z","request_time":0.050,"upstream_response_time":"0.010, 0.040","request_length":17,"bytes_sent":0}""")]
    [InlineData("$remote_user [$time_local] 5%", "a b [10/Oct/2026:13:55:36 +0000] 5%", """{"user":"a b","timestamp":"2026-10-10T13:55:36Z"}""")]
    [InlineData("\"$request\" \"$http_x_forwarded_for\" $upstream_response_time", "\"\\x16\\x03\" \"1.1.1.1, 2.2.2.2\" -", """{"request":"\u0016\u0003","forwarded_for":"1.1.1.1, 2.2.2.2"}""")]
    public void Formats_of_nginx(string format, string line, string expected) => Assert.Equal(expected, Parse(format, line));

    [Fact]
    public void The_names_of_ECS_are_given_too()
    {
        var found = JsonNode.Parse(new Bench().Add("1.1.1.1 200").Parse(new AccessLog { Format = "%h %s", Ecs = true }).Single)!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"source":{"ip":"1.1.1.1","address":"1.1.1.1"},"http":{"response":{"status_code":200}}}"""), found), found.ToJsonString());
    }

    [Theory]
    [InlineData("%h %s", "a", "The end of %h, which starts at byte 0, is not to be found.")]
    [InlineData("%h %s", "a 20", "What stands at byte 2 cannot be %s.")]
    [InlineData("%h %s", "a 200 x", "What stands at byte 2 cannot be %s.")]
    [InlineData("x%h", "y", "The line does not begin as the format does.")]
    [InlineData("\"%r\" %b", "\"GET / HTTP", "The end of %r, which starts at byte 1, is not to be found.")]
    [InlineData("\"%r\" %b", "\"GET \\\" 1", "The end of %r, which starts at byte 1, is not to be found.")]
    [InlineData("\"%r\" %b", "\"GET\"x 1", "At byte 4, after %r, stands something else than in the format.")]
    [InlineData("\"%r\"", "\"GET\" 1", "The line was expected to end at byte 5.")]
    [InlineData("%b", "-1", "What stands at byte 0 cannot be %b.")]
    [InlineData("%b", "9999999999999999999", "What stands at byte 0 cannot be %b.")]
    [InlineData("%t %b", "[10/Oct/2026:13:55:36 +0000 1", "The end of %t, which starts at byte 0, is not to be found.")]
    [InlineData("%t %b", "[31/Feb/2026:13:55:36 +0000] 1", "What stands at byte 0 cannot be %t.")]
    [InlineData("%t %b", "[] 1", "What stands at byte 0 cannot be %t.")]
    [InlineData("%{%F}t %b", "2026-13-01 1", "The end of %{%F}t, which starts at byte 0, is not to be found.")]
    [InlineData("%{sec}t", "999999999999999999", "What stands at byte 0 cannot be %{sec}t.")]
    [InlineData("$msec", "1.12345678", "What stands at byte 0 cannot be $msec.")]
    public void A_line_of_another_format_is_a_dead_letter(string format, string line, string reason) =>
        Assert.Equal(reason, new Bench().Add(line).Parse(new AccessLog { Format = format }).Reason);

    [Theory]
    [InlineData("combind", "The format has no field; write Apache's (%h %l %u ...), nginx's ($remote_addr ...), or one of common, combined, vhost_combined. Did you mean 'combined'? (at character 1 of the format)")]
    [InlineData("%h %Z", "There is no directive '%Z' in Apache's LogFormat that is known here; a percent sign itself is written %% (at character 4 of the format)")]
    [InlineData("%h %", "There is no directive '%' in Apache's LogFormat that is known here; a percent sign itself is written %% (at character 4 of the format)")]
    [InlineData("%h%l", "Nothing stands between %h and %l, so nobody can tell where the first ends; leave one of them out (at character 3 of the format)")]
    [InlineData("$scheme://$host$request_uri", "Nothing stands between $host and $request_uri, so nobody can tell where the first ends; leave one of them out (at character 16 of the format)")]
    [InlineData("%{Referer", "The name in braces is empty or has no end; write %{Name}i (at character 1 of the format)")]
    [InlineData("%{}i", "The name in braces is empty or has no end; write %{Name}i (at character 1 of the format)")]
    [InlineData("%h %{x}T", "The unit in '%{x}T' is s, ms or us (at character 4 of the format)")]
    [InlineData("%h %{%Q}t", "A time's format takes sec, msec, usec, or %Y %m %d %e %b %H %M %S %z %F %T and ASCII text (at character 4 of the format)")]
    [InlineData("%{%H:%M}t", "A time's format must have at least the year and the month (%Y, %m or %b) (at character 1 of the format)")]
    [InlineData("$remote_addr $", "A variable's name was expected; write $name or ${name} (at character 14 of the format)")]
    [InlineData("${a", "A variable's name was expected; write $name or ${name} (at character 1 of the format)")]
    public void A_format_that_cannot_be_is_explained(string format, string error) => Assert.Equal(error, Assert.Single(DefinitionErrors.Of(new AccessLog { Format = format })));

    [Fact]
    public void Mistakes_have_their_place() => Assert.StartsWith(
        "f.yaml:3:34: error: There is no directive '%Z'", Assert.Single(DefinitionErrors.OfYaml("- parse: {access_log: {format: '%h %Z'}}")), StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_allocated_per_line()
    {
        var lines = Enumerable.Range(0, 500).Select(i => Encoding.UTF8.GetBytes($"1.1.1.{i % 250} - - [10/Oct/2026:13:55:36 +0000] \"GET /{i}\\\"é HTTP/1.1\" 200 {i} \"-\" \"x\"")).ToList();
        Assert.InRange(ParserMemory.Of(new AccessLog { Format = "combined" }, lines), 0, 500);
    }

    [Fact]
    public void Whatever_a_line_holds_nothing_breaks()
    {
        string[] tokens = ["\"", "\\\"", "\\x", "\\xff", "[", "]", " ", "-", "\0", "é", "999999999999", "10/Oct/2026:13:55:36 +0000"];
        ProcessorFuzz.Run(
            new AccessLog { Format = "vhost_combined" }, ["h:80 1.1.1.1 - bob [10/Oct/2026:13:55:36 +0000] \"GET /a\\\"\\xc3\\xa9 HTTP/1.1\" 200 12 \"-\" \"curl/8\""], tokens, 41);
        ProcessorFuzz.Run(
            new AccessLog { Format = "$msec [$time_iso8601] \"$request\" $request_time $upstream_response_time $x" }, ["1.5 [2026-10-10T00:00:00Z] \"GET /\" 0.1 0.1, 0.2 é"], tokens, 42);
        ProcessorFuzz.Run(new AccessLog { Format = "%{%Y-%m-%e %b %T %z}t|%{msec}t|%s" }, ["2026-10- 1 Oct 13:55:36 +0200|1791640536789|200"], [.. tokens, "|"], 43);
    }

    private static string Parse(string format, string line)
    {
        var definition = new AccessLog { Format = format };
        Assert.Empty(DefinitionErrors.Of(definition));
        var bench = new Bench().Add(line).Parse(definition);
        Assert.True(bench.Batch.Failures.Count == 0, bench.Batch.Failures.Count > 0 ? bench.Reason : "");
        return bench.Single;
    }
}
