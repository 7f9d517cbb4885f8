using System.Text.Json.Nodes;
using CloudPump.Parsers;
using CloudPump.Parsers.Groks;
using CloudPump.Pipelines;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers;

public sealed class GrokTests
{
    [Fact]
    public void The_real_access_log_is_read_as_the_parser_of_access_logs_reads_it()
    {
        var lines = File.ReadAllLines(TestData.Require("access-logs/elastic-apache-combined-10k.log"));
        var bench = new Bench().Add(lines).Parse(new Grok { Match = ["^%{COMBINEDAPACHELOG}$"] });
        Assert.InRange(bench.Batch.Rows.Length, 9_999, 10_000);
        var events = bench.Events.ConvertAll(e => JsonNode.Parse(e)!);
        var reference = new Bench().Add(lines).Parse(new AccessLog()).Events.ConvertAll(e => JsonNode.Parse(e)!);
        Assert.Equal(reference.Count, events.Count);
        (string, string)[] names = [("client_ip", "clientip"), ("user", "auth"), ("method", "verb"), ("status", "response"), ("bytes", "bytes"), ("referrer", "referrer"), ("user_agent", "agent")];
        for (var i = 0; i < events.Count; i++)
        {
            foreach (var (theirs, ours) in names)
            {
                var expected = reference[i][theirs]?.ToString();
                Assert.Equal(expected, events[i][ours]?.ToString().Replace("\\\"", "\"", StringComparison.Ordinal));
            }
        }
    }

    // What a pattern takes as a whole, and what it does not.
    [Theory]
    [InlineData("USERNAME", "a.b_c-1", "a b")]
    [InlineData("EMAILADDRESS", "a.b+c@mail.example.com", "a@", "@b", "a b@c")]
    [InlineData("INT", "-17", "1.5", "x")]
    [InlineData("NUMBER", "+1.5", "1.", "1e")]
    [InlineData("BASE16NUM", "0xDEADbeef", "xyz")]
    [InlineData("POSINT", "10", "0", "01")]
    [InlineData("WORD", "wörd_1", "a-b", "")]
    [InlineData("NOTSPACE", "a-b", "a b")]
    [InlineData("SPACE", " \t", "a")]
    [InlineData("QS", "\"a \\\" b\"", "\"a", "a\"")]
    [InlineData("QUOTEDSTRING", "'it\\'s'", "'it's'")]
    [InlineData("UUID", "123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-42661417400")]
    [InlineData("MAC", "00-1B-44-11-3a-B7", "00-1B-44-11-3A", "00:1B-44:11:3A:B7")]
    [InlineData("MAC", "001b.4411.3ab7", "001b.4411")]
    [InlineData("MAC", "00:1b:44:11:3a:b7", "00:1b:44:11:3a:g7")]
    [InlineData("IPV4", "255.1.20.0", "256.1.2.3", "1.2.3", "1.2.3.4.5")]
    [InlineData("IPV6", "2001:db8::ff00:42:8329", "2001:db8", "1::2::3", "12345::")]
    [InlineData("IPV6", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9")]
    [InlineData("IPV6", "::ffff:192.0.2.1", "::ffff:392.0.2.1")]
    [InlineData("IPV6", "fe80::1%eth0", "fe80::1%")]
    [InlineData("IP", "::", ":", "")]
    [InlineData("IP", "1::", "1:")]
    [InlineData("HOSTNAME", "web-1.example.com", "-a", "a..b", "a b")]
    [InlineData("IPORHOST", "10.0.0.1.example", "[::1]")]
    [InlineData("HOSTPORT", "web:8080", "web", "web:0")]
    [InlineData("UNIXPATH", "/var/log/a-b.log", "var", "/a b")]
    [InlineData("WINPATH", "C:\\Program Files\\x.exe", "C:", "\\x")]
    [InlineData("PATH", "\\\\server\\share\\a", "a")]
    [InlineData("URI", "https://bob:x@example.com:8443/a/b?c=d&e#f", "example.com/a", "http//x")]
    [InlineData("URI", "http://[::1]:80/", "http:")]
    [InlineData("URIPATHPARAM", "/a?b=c", "?b=c")]
    [InlineData("MONTH", "September", "Septembre")]
    [InlineData("MONTHNUM", "12", "13", "00")]
    [InlineData("MONTHDAY", "31", "32", "0")]
    [InlineData("DAY", "Wednesday", "Wedn")]
    [InlineData("YEAR", "2026", "202", "20261")]
    [InlineData("HOUR", "23", "24")]
    [InlineData("SECOND", "60.5", "61")]
    [InlineData("TIME", "23:59:60", "23:60:00", "23:59")]
    [InlineData("DATE_US", "10/31/2026", "31/10/2026")]
    [InlineData("DATE_EU", "31.10.2026", "10.31.2026")]
    [InlineData("DATE", "31-10-26", "31-31-26")]
    [InlineData("ISO8601_TIMEZONE", "+02:00", "02:00")]
    [InlineData("TIMESTAMP_ISO8601", "2026-10-11T22:14:15.003Z", "2026-10-11", "2026-13-11T22:14:15")]
    [InlineData("TIMESTAMP_ISO8601", "2026-10-11 22:14:15,003+0200", "2026-10-11 25:14:15")]
    [InlineData("DATESTAMP", "10-11-2026 22:14:15", "10-11-2026")]
    [InlineData("DATESTAMP_RFC822", "Sun Oct 11 2026 22:14:15 UTC", "Oct 11 2026 22:14:15 UTC")]
    [InlineData("DATESTAMP_RFC2822", "Sun, 11 Oct 2026 22:14:15 +0200", "Sun 11 Oct 2026 22:14:15 +0200")]
    [InlineData("DATESTAMP_OTHER", "Sun Oct 11 22:14:15 CEST 2026", "Sun Oct 11 22:14:15 2026")]
    [InlineData("DATESTAMP_EVENTLOG", "20261011221415", "20261311221415")]
    [InlineData("TZ", "CEST", "XYZT")]
    [InlineData("HTTPDATE", "11/Oct/2026:22:14:15 +0200", "11/10/2026:22:14:15 +0200")]
    [InlineData("HTTPDERROR_DATE", "Sun Oct 11 22:14:15.123456 2026", "Sun Oct 11 2026")]
    [InlineData("SYSLOGTIMESTAMP", "Oct  1 22:14:15", "Oct1 22:14:15")]
    [InlineData("PROG", "postfix/smtpd", "a[1]", "a b")]
    [InlineData("LOGLEVEL", "WARNING", "WARNINGS")]
    public void A_ready_made_pattern_takes_this_and_not_that(string name, string good, params string[] bad)
    {
        var bench = new Bench().Add([good, .. bad]).Parse(new Grok { Match = ["^(?:%{" + name + ":x})$"] });
        Assert.Equal(bad.Length, bench.Batch.Failures.Count);
        Assert.Equal(good, JsonNode.Parse(bench.Single)!["x"]!.GetValue<string>());
    }

    [Fact]
    public void Every_ready_made_pattern_runs()
    {
        var definitions = new GrokDefinitions([]);
        Assert.True(definitions.Names.Count >= 85);
        Assert.All(definitions.Names, n => Assert.Empty(DefinitionErrors.Of(new Grok { Match = ["%{" + n + ":x}"] })));
    }

    [Theory]
    [InlineData("%{INT:a:int} %{NUMBER:b:float} %{WORD:c:bool} %{TIMESTAMP_ISO8601:t:timestamp}", "7 1.50 yes 2026-10-11T00:00:00Z", """{"a":7,"b":1.5,"c":true,"t":"2026-10-11T00:00:00Z"}""")]
    [InlineData("%{WORD:[a][b]} %{WORD:a.c:text} %{WORD:d}", "x y z", """{"a":{"b":"x","c":"y"},"d":"z"}""")]
    [InlineData("(?<id>[0-9A-F]{4}): %{GREEDYDATA:text}", "BEEF: it", """{"id":"BEEF","text":"it"}""")]
    [InlineData("%{SYSLOGBASE} %{GREEDYDATA:message}", "Oct  1 22:14:15 web-1 sshd[42]: Accepted", """{"timestamp":"Oct  1 22:14:15","logsource":"web-1","program":"sshd","pid":42,"message":"Accepted"}""")]
    [InlineData("%{WORD:a} %{DATA:b}$", "x ", """{"a":"x"}""")]
    [InlineData("%{WORD:a} %{WORD:a}", "x y", """{"a":"y"}""")]
    [InlineData("%{LOGLEVEL:l}", "2026 [warn] x", """{"l":"warn"}""")]
    public void Fields_have_names_places_and_types(string pattern, string line, string expected) =>
        Assert.Equal(expected, new Bench().Add(line).Parse(new Grok { Match = [pattern] }).Single);

    [Fact]
    public void Several_patterns_are_tried_in_order_and_own_ones_may_be_named()
    {
        var grok = new Grok { Match = ["^%{ORDER:order}$", "^%{WORD:word}"], Patterns = new NamedList<string> { { "ORDER", "A%{NR}" }, { "NR", "[0-9]+" } } };
        var bench = new Bench().Add("A17", "A17b", "!").Parse(grok);
        Assert.Equal(["""{"order":"A17"}""", """{"word":"A17b"}"""], bench.Events);
        Assert.Equal("The event matches none of the 2 patterns.", bench.Reason);
    }

    [Theory]
    [InlineData("%{WROD:x}", "There is no pattern 'WROD'. Did you mean 'WORD'?")]
    [InlineData("%{NOTHINGLIKEIT:x}", "There is no pattern 'NOTHINGLIKEIT'. Ready-made are WORD")]
    [InlineData("%{WORD}", "The pattern names no field; write %{NAME:field} for the parts that are wanted.")]
    [InlineData("%{WORD:x:itn}", "There is no type 'itn'; a field's type is int, float, bool, text or timestamp. Did you mean 'int'?")]
    [InlineData("%{WORD:x:int:y}", "'%{WORD:x:int:y}' is no reference; write %{NAME}, %{NAME:field} or %{NAME:field:type}.")]
    [InlineData("a %{WORD:x", "The reference at character 3 ('%{WORD:x') has no end; write %{NAME} or %{NAME:field}.")]
    [InlineData("%{WORD:}", "'' cannot be a field's name; write name, a.b or [a][b].")]
    [InlineData("%{WORD:[a}", "'[a' cannot be a field's name; write name, a.b or [a][b].")]
    [InlineData("%{A:x}", "The pattern 'A' refers to itself (A > B > A).")]
    [InlineData("%{C:x}", "A look ahead or behind at character 2 of 'C' ('(?=b)') would need backtracking")]
    [InlineData("%{H9:x}", "The pattern becomes longer than 262144 characters when its references are replaced.")]
    public void A_mistake_is_explained(string pattern, string error)
    {
        var patterns = new NamedList<string> { { "A", "a%{B}" }, { "B", "%{A}" }, { "C", "a(?=b)" }, { "H0", new string('x', 100) } };
        for (var i = 1; i < 10; i++)
        {
            patterns.Add($"H{i}", string.Concat(Enumerable.Repeat($"%{{H{i - 1}}}", 10)));
        }

        Assert.StartsWith(error, Assert.Single(DefinitionErrors.Of(new Grok { Match = [pattern], Patterns = patterns })), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_have_their_place()
    {
        Assert.Equal("f.yaml:3:19: error: There is no pattern 'IPP'. Did you mean 'IP'?", Assert.Single(DefinitionErrors.OfYaml("- parse: {grok: '%{IPP:a}'}")));
        Assert.Equal("f.yaml:3:27: error: Pattern 2: There is no pattern 'IPP'. Did you mean 'IP'?", Assert.Single(DefinitionErrors.OfYaml("- parse: {grok: {match: ['%{IP:a}', '%{IPP:a}']}}")));
    }

    [Fact]
    public void Whatever_an_event_holds_nothing_breaks() => ProcessorFuzz.Run(
        new Grok { Match = ["^%{IPORHOST:client.ip} %{QS:q} %{TIMESTAMP_ISO8601:t:timestamp} %{NUMBER:n:float} %{URI:u}", "%{SYSLOGBASE} %{GREEDYDATA:message}"] },
        ["10.0.0.1 \"a \\\" é\" 2026-10-11T22:14:15Z 1.5 http://x/?a", "Oct 11 22:14:15 h p[1]: tail"], [":", "::", ".", "\"", "\\", "[", "é", "\ud83d\ude00", "\n", "\0", "99"], 22);
}
