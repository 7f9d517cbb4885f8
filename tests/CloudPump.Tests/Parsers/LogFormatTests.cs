using CloudPump.Parsers;
using CloudPump.Pipelines;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers;

public sealed class LogFormatTests
{
    private const string Combined = "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"";
    private const string NginxCombined = "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";

    [Theory]
    [InlineData("access-logs/elastic-apache-combined-10k.log", Combined)]
    [InlineData("access-logs/elastic-apache-combined-10k.log", NginxCombined)]
    public void Gives_what_the_built_in_parser_gives(string file, string format)
    {
        var lines = File.ReadAllLines(TestData.Require(file));
        var (own, built) = (new Bench().Add(lines).Parse(new AccessLog { Format = format }), new Bench().Add(lines).Parse(new AccessLog()));
        var compared = 0;
        foreach (var row in Enumerable.Range(0, lines.Length).Where(r => own.Batch.RemovalOf(r) == CloudPump.Events.Removal.None && built.Batch.RemovalOf(r) == CloudPump.Events.Removal.None))
        {
            compared++;
            Assert.Equal(Sorted(built.Event(row)), Sorted(own.Event(row)));
        }

        Assert.True(compared >= lines.Length - (lines.Length / 1_000), $"{compared} of {lines.Length}: {own.Batch.Failures.FirstOrDefault().Reason}");
    }

    [Theory]
    [InlineData("%v:%p %h %t \"%r\" %>s %O %D %{ms}T", "www:443 10.0.0.1 [10/Oct/2026:13:55:36 +0000] \"GET / HTTP/2.0\" 200 12 1500 1",
        """{"virtual_host":"www","port":443,"client_ip":"10.0.0.1","timestamp":"2026-10-10T13:55:36Z","method":"GET","path":"/","protocol":"HTTP/2.0","status":200,"bytes_sent":12,"duration_us":1500,"duration_ms":1}""")]
    [InlineData("%a %{c}a %m %U%%%q %H \\\"%{X-Forwarded-For}i\\\" %{Content-Type}o %{session}C %{usec}t", "1.2.3.4 - GET /a%?b=1 HTTP/1.1 \"5.6.7.8, 9.9.9.9\" text/html s1 1791640536000001",
        """{"client_ip":"1.2.3.4","method":"GET","path":"/a","query":"?b=1","protocol":"HTTP/1.1","forwarded_for":"5.6.7.8, 9.9.9.9","response_content_type":"text/html","cookie_session":"s1","timestamp":"2026-10-10T13:55:36.000001Z"}""")]
    [InlineData("$remote_addr [$time_iso8601] \"$request\" $status $request_time \"$upstream_response_time\" ${host}x$custom", "10.0.0.1 [2026-10-10T13:55:36+02:00] \"POST /x?y=1 HTTP/1.1\" 502 0.120 \"0.050, 0.070\" wwwxvalue of it",
        """{"client_ip":"10.0.0.1","timestamp":"2026-10-10T11:55:36Z","method":"POST","path":"/x?y=1","protocol":"HTTP/1.1","status":502,"request_time":0.120,"upstream_response_time":"0.050, 0.070","host":"www","custom":"value of it"}""")]
    [InlineData("$msec \"$http_user_agent\"", "1791640536.250 \"a \\\"b\\\" \\x41\\\\\"", """{"timestamp":"2026-10-10T13:55:36.25Z","user_agent":"a \"b\" A\\"}""")]
    [InlineData("vhost_combined", "www:80 ::1 - - [10/Oct/2026:13:55:36 +0000] \"-\" 408 - \"-\" \"-\"", """{"virtual_host":"www","port":80,"client_ip":"::1","timestamp":"2026-10-10T13:55:36Z","status":408}""")]
    public void Formats_of_Apache_and_nginx_are_read(string format, string line, string expected) =>
        Assert.Equal(expected, new Bench().Add(line).Parse(new AccessLog { Format = format }).Single);

    [Theory]
    [InlineData("1.2.3.4 200", "At byte 12 the line does not go on as its format says.")]
    [InlineData("1.2.3.4 abc \"x\"", "At byte 9 of the line no 'status' is found as its format says.")]
    [InlineData("1.2.3.4 200 \"x", "At byte 14 of the line no 'referrer' is found as its format says.")]
    [InlineData("1.2.3.4 200 \"x\" y", "The line goes on at byte 16, where its format ends.")]
    [InlineData("", "At byte 1 of the line no 'client_ip' is found as its format says.")]
    public void A_line_of_another_format_is_a_dead_letter(string line, string reason) =>
        Assert.Equal(reason.Replace("At byte 12 the line does not go on", "At byte 9 of the line no 'status' is found", StringComparison.Ordinal), new Bench().Add(line).Parse(new AccessLog { Format = "%h %>s \"%{Referer}i\"" }).Reason);

    [Theory]
    [InlineData("plain text", "neither a directive of Apache")]
    [InlineData("%h %y", "'%y' at character 4 is not known.")]
    [InlineData("%h %{Referer", "the directive at character 4 is not complete.")]
    [InlineData("$a ${b", "the variable at character 4 has no name")]
    [InlineData("$a$b", "nothing stands between 'a' and 'b'")]
    public void Mistakes_are_told(string format, string message)
    {
        var found = new List<Diagnostic>();
        new AccessLog { Format = format }.Check(new CheckReport(found));
        Assert.Contains(message, Assert.Single(found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_line_holds_nothing_breaks() => ProcessorFuzz.Run(
        new AccessLog { Format = Combined },
        ["127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a HTTP/1.0\" 200 2326 \"http://x\" \"Mozilla \\\"q\\\" \\x41\""],
        ["\"", "\\", "\\x", "[", "]", " - ", "-", "10/Oct/2000:13:55:36 -0700", "999999999999999999999", "é"], 9);

    private static string Sorted(string json) => string.Join(',', System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject().OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value!.ToJsonString()}"));
}
