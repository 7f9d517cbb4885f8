using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Parsers.Patterns;
using CloudPump.Pipelines;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers;

public sealed class PatternTests
{
    [Theory]
    [InlineData(@"^(?<a>\d+)-(?<b>\w*)$", "12-x", """{"a":"12","b":"x"}""")]
    [InlineData(@"(?<a>\d+)", "x 1 y 2", """{"a":"1"}""")]
    [InlineData(@"^(?<a>\w+) (?<b>x)?", "é😀ß x", null)]
    [InlineData(@"(?<k>\w+)=(?<v>.*)", "ü=😀\"", """{"k":"ü","v":"😀\""}""")]
    [InlineData(@"(?<a>a)|(?<b>b)", "b", """{"b":"b"}""")]
    public void Named_groups_become_fields(string pattern, string text, string? expected)
    {
        var bench = new Bench().Add(text).Parse(new Regex { Pattern = pattern });
        if (expected is null)
        {
            Assert.Equal("The event does not match the pattern.", bench.Reason);
        }
        else
        {
            Assert.Equal(expected, bench.Single);
        }
    }

    [Theory]
    [InlineData("(?<a>x)(?=y)", "would need backtracking")]
    [InlineData(@"(?<a>x)\1", "would need backtracking")]
    [InlineData("x", "it has no named group")]
    [InlineData("(?<a>x", "at character 6")]
    public void A_pattern_that_cannot_run_is_told(string pattern, string message) => Assert.Contains(message, Mistake(new Regex { Pattern = pattern }), StringComparison.Ordinal);

    [Fact]
    public void A_pattern_that_would_explode_does_not()
    {
        var bench = new Bench().Add(new string('a', 20_000) + "!").Parse(new Regex { Pattern = "^(?<a>(a+)+)$" });
        Assert.Equal("The event does not match the pattern.", bench.Reason);
    }

    [Fact]
    public void Types_are_converted()
    {
        var regex = new Regex { Pattern = @"(?<n>\S+) (?<t>\S+)", Types = { { "n", FieldType.Int }, { "t", FieldType.Timestamp } } };
        Assert.Equal("""{"n":7,"t":"2026-01-01T00:00:00Z"}""", new Bench().Add("007 2026-01-01T00:00:00Z").Parse(regex).Single);
        Assert.Equal("The field 'n' cannot become a value of the type int.", new Bench().Add("x 2026-01-01T00:00:00Z").Parse(regex).Reason);
        Assert.Contains("has no group 'm'. Did you mean 'n'?", Mistake(new Regex { Pattern = "(?<n>x)", Types = { { "m", FieldType.Int } } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_known_pattern_runs_and_matches_what_it_names()
    {
        foreach (var name in GrokPatterns.All.Keys)
        {
            Assert.Null(MistakeOrNull(new Grok { Match = [$"%{{{name}:it}}"] }));
        }
    }

    [Theory]
    [InlineData("IP", "203.0.113.7")]
    [InlineData("IP", "2001:db8::1")]
    [InlineData("IP", "::ffff:10.0.0.1")]
    [InlineData("IPORHOST", "web-1.example.org")]
    [InlineData("HOSTPORT", "web:8080")]
    [InlineData("EMAILADDRESS", "a.b+c@example.org")]
    [InlineData("NUMBER", "-12.5")]
    [InlineData("BASE16NUM", "0xFFee")]
    [InlineData("UUID", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("MAC", "00:1a:2B:3c:4d:5e")]
    [InlineData("MAC", "001a.2b3c.4d5e")]
    [InlineData("QS", "\"a \\\" b\"")]
    [InlineData("PATH", "/var/log/x.log")]
    [InlineData("WINPATH", "C:\\Windows\\x")]
    [InlineData("URI", "https://user:pw@host:8443/a/b?c=d")]
    [InlineData("TIMESTAMP_ISO8601", "2026-10-10T13:55:36.123+02:00")]
    [InlineData("HTTPDATE", "10/Oct/2026:13:55:36 +0000")]
    [InlineData("SYSLOGTIMESTAMP", "Oct  9 13:55:36")]
    [InlineData("DATESTAMP_RFC2822", "Fri, 10 Oct 2026 13:55:36 +0200")]
    [InlineData("DATE_EU", "31.12.2026")]
    [InlineData("LOGLEVEL", "WARNING")]
    [InlineData("DAY", "Thursday")]
    [InlineData("TIME", "23:59:60")]
    public void Patterns_match_whole_examples(string name, string text) => Assert.Equal(
        new System.Text.Json.Nodes.JsonObject { ["it"] = text }.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
        new Bench().Add(text).Parse(new Grok { Match = [$"^%{{{name}:it}}$"] }).Single);

    [Fact]
    public void Fields_have_types_and_places_and_patterns_can_be_added()
    {
        var grok = new Grok { Match = ["^none %{INT:x}$", "^%{IP:[client][ip]} %{CODE:code} %{NUMBER:took:float} %{WORD:http.method}$"], Patterns = { { "CODE", "[A-Z]%{INT}" } } };
        Assert.Equal("""{"client":{"ip":"10.0.0.1"},"code":"E17","took":0.5,"http":{"method":"GET"}}""", new Bench().Add("10.0.0.1 E17 0.5 GET").Parse(grok).Single);
        Assert.Equal("The event matches none of the 2 patterns.", new Bench().Add("10.0.0.1").Parse(grok).Reason);
    }

    [Theory]
    [InlineData("%{IPS:a}", "there is no pattern 'IPS'. Did you mean 'IP'?")]
    [InlineData("%{IP:a:date}", "there is no type 'date'")]
    [InlineData("%{IP}", "it gives no field")]
    [InlineData("%{LOOP:a}", "stands in itself")]
    public void Mistakes_are_told(string match, string message) =>
        Assert.Contains(message, Mistake(new Grok { Match = [match], Patterns = { { "LOOP", "x%{LOOP}" } } }), StringComparison.Ordinal);

    [Fact]
    public void The_lines_of_a_real_log_match_the_pattern_for_them()
    {
        var bench = new Bench().Add(File.ReadLines(TestData.Require("access-logs/elastic-apache-combined-10k.log"))).Parse(new Grok { Match = ["%{COMBINEDAPACHELOG}"] });
        Assert.True(bench.Batch.Rows.Length >= 9_999, $"{bench.Batch.Rows.Length} of 10000.");
        Assert.StartsWith("{\"clientip\":\"83.149.9.216\",\"ident\":\"-\",\"auth\":\"-\",\"timestamp\":\"17/May/2015:10:05:03 +0000\",\"verb\":\"GET\"", bench.Events[0], StringComparison.Ordinal);
        Assert.Contains("\"response\":200,\"bytes\":203023,", bench.Events[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_an_event_holds_nothing_breaks()
    {
        ProcessorFuzz.Run(new Grok { Match = ["%{COMBINEDAPACHELOG}", "%{SYSLOGLINE}"] }, ["1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"", "Oct  9 13:55:36 web-1 sshd[12]: hello"], ["\"", "[", "]", " ", "é", "12345678901234567890"], 4);
        ProcessorFuzz.Run(new Regex { Pattern = @"(?<a>\w+)=(?<b>.*)" }, ["a=b", "ä=\"ö\""], ["=", "\0", "\n", "😀"], 5);
    }

    private static string Mistake(ParserDefinition parser) => MistakeOrNull(parser) ?? "";

    private static string? MistakeOrNull(ParserDefinition parser)
    {
        var found = new List<Diagnostic>();
        parser.Check(new CheckReport(found));
        return found.SingleOrDefault()?.Message;
    }
}
