using System.Text;
using System.Text.Json.Nodes;
using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Parsers.Syslogs;
using CloudPump.Pipelines;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers;

public sealed class SyslogTests
{
    private const string Usual = "<165>1 2026-10-11T22:14:15.003Z web-1 evntslog 42 ID47 [ex@32473 iut=\"3\" src=\"Application\"] An entry";
    private static readonly long March2026 = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc).Ticks;

    [Theory]
    [InlineData("syslog/go-syslog-rfc5424-cases.ndjson", SyslogFormat.Auto, 86)]
    [InlineData("syslog/go-syslog-rfc5424-cases.ndjson", SyslogFormat.Rfc5424, 86)]
    [InlineData("syslog/go-syslog-rfc3164-cases.ndjson", SyslogFormat.Auto, 4)]
    [InlineData("syslog/go-syslog-rfc3164-cases.ndjson", SyslogFormat.Rfc3164, 4)]
    public void Agrees_with_the_cases_of_another_parser(string file, SyslogFormat format, int cases)
    {
        var lines = File.ReadAllLines(TestData.Require(file));
        Assert.Equal(cases, lines.Length);
        var parser = new Syslog { Format = format };
        foreach (var test in lines.Select(l => JsonNode.Parse(l)!.AsObject()))
        {
            var bench = new Bench().AddBytes(Convert.FromBase64String((string)test["input_b64"]!)).Parse(parser);
            Assert.True((bool)test["valid"]! == (bench.Events.Count == 1), $"{test["id"]} {bench.Batch.Failures.FirstOrDefault().Reason}");
            if (test["expected"] is JsonObject expected)
            {
                Compare((string)test["id"]!, expected, JsonNode.Parse(bench.Single)!.AsObject());
            }
        }
    }

    private static void Compare(string id, JsonObject expected, JsonObject fields)
    {
        var priority = (int)expected["priority"]!;
        Assert.True(priority / 8 == (int)fields["facility"]! && priority % 8 == (int)fields["severity"]!, id);
        foreach (var (name, value) in expected.Where(e => e.Key != "timestamp_stamp"))
        {
            var actual = fields[name];
            var same = name switch
            {
                "timestamp" => Ticks(value) == Ticks(actual),
                "structured_data" => JsonNode.DeepEquals(Elements(value!.AsObject()), actual),
                _ => JsonNode.DeepEquals(value, actual),
            };
            Assert.True(same, $"{id}: {name}: {actual} instead of {value}");
        }

        string[] ours = ["priority", "facility", "facility_label", "severity", "severity_label"];
        Assert.Equal(expected.Select(e => e.Key.Replace("_stamp", "", StringComparison.Ordinal)).Except(ours).Order(), fields.Select(f => f.Key).Except(ours).Order());
    }

    private static long Ticks(JsonNode? time)
    {
        Assert.True(TimestampText.TryParse(Encoding.UTF8.GetBytes((string)time!), out var ticks, out _));
        return ticks;
    }

    private static JsonObject Elements(JsonObject pairs) => new(pairs.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)new JsonObject(
        e.Value!.AsArray().Select(p => KeyValuePair.Create((string)p![0]!, p[1]?.DeepClone()))))));

    [Fact]
    public void Numbers_have_their_names()
    {
        Assert.StartsWith("""{"priority":0,"facility":0,"facility_label":"kern","severity":0,"severity_label":"emerg","version":1}""", Parse("<0>1 - - - - - -"), StringComparison.Ordinal);
        Assert.StartsWith("""{"priority":191,"facility":23,"facility_label":"local7","severity":7,"severity_label":"debug","version":1}""", Parse("<191>1 - - - - - -"), StringComparison.Ordinal);
        Assert.Contains("at byte 0", new Bench().Add("<192>1 - - - - - -").Parse(new Syslog()).Reason.Replace("byte 5", "byte 0", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[a b=\"1\" b=\"2\" c=\"x\" b=\"3\"][d]", """{"a":{"b":["1","2","3"],"c":"x"},"d":{}}""")]
    [InlineData("[a b=\"\\\"q\\\" \\\\ \\] \\n\"]", """{"a":{"b":"\"q\" \\ ] \\n"}}""")]
    [InlineData("[a\\\\ b\\\\=\"\t\"]", """{"a\\\\":{"b\\\\":"\t"}}""")]
    public void Structured_data_is_an_object_of_objects(string data, string expected) =>
        Assert.Equal(expected, JsonNode.Parse(Parse($"<1>1 - - - - - {data} m"))!["structured_data"]!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    [Theory]
    [InlineData("<1>1 - - - - - [a b=\"1\"][a]", "The id of the structured data at byte 25 stands there for the second time.")]
    [InlineData("<1>1 - - - - - [a b=\"1\\\"]", "The value at byte 21 has no closing quote, a bracket without a backslash, or bytes that are not UTF-8.")]
    [InlineData("<1>1 - - - - - [a b=1]", "A parameter of the form name=\"value\" was expected at byte 18.")]
    [InlineData("<1>1 - - - - - [a]x", "A space or the end was expected after the structured data, at byte 18.")]
    [InlineData("<1>1 2026-10-11T22:14:15.0000001Z - - - - -", "The time at byte 5 is not of the form 2026-10-11T22:14:15.003Z, with at most six digits of a fraction.")]
    [InlineData("<34>Okt 11 22:14:15 h su: x", "A time of the form Oct 11 22:14:15 that there is in the years around the time received was expected at byte 4.")]
    [InlineData("12 <1>1 - - - - - -", "The count of bytes before the message does not match: 16 bytes follow it.")]
    public void What_is_wrong_is_told_with_its_place(string message, string reason) => Assert.Equal(reason, new Bench().Add(message).Parse(new Syslog()).Reason);

    [Fact]
    public void A_count_before_the_message_is_verified()
    {
        Assert.Equal(Parse(Usual), Parse($"{Usual.Length} {Usual}"));
        foreach (var count in new[] { $"{Usual.Length - 1}", $"{Usual.Length + 1}", "0", "99999999999999999999" })
        {
            Assert.Single(new Bench().Add($"{count} {Usual}").Parse(new Syslog()).Batch.Failures);
        }
    }

    [Theory]
    [InlineData("<34>Oct 11 22:14:15 mymachine su: 'su root' failed", "2025-10-11T22:14:15Z", "mymachine", "su", null, "'su root' failed")]
    [InlineData("<34>Jun  1 02:03:04 h a/b[7]: x", "2026-06-01T02:03:04Z", "h", "a/b", "7", "x")]
    [InlineData("<34>Sep  1 12:00:00 h x", "2025-09-01T12:00:00Z", "h", null, null, "x")]
    [InlineData("<34>Aug 28 12:00:00 h x", "2026-08-28T12:00:00Z", "h", null, null, "x")]
    [InlineData("<34>Feb 29 01:00:00 h t: x", "2024-02-29T01:00:00Z", "h", "t", null, "x")]
    [InlineData("<34>Feb 8 2020 01:00:00.123456789 h t: x", "2020-02-08T01:00:00.123456789Z", "h", "t", null, "x")]
    [InlineData("<34>2026-01-02T03:04:05.5+01:00 h t[1] x y", "2026-01-02T02:04:05.5Z", "h", "t", "1", "x y")]
    [InlineData("<34>Jan 01 00:00:00 su[9]: local", "2026-01-01T00:00:00Z", null, "su", "9", "local")]
    [InlineData("Jan 01 00:00:00 h kernel: from a file", "2026-01-01T00:00:00Z", "h", "kernel", null, "from a file")]
    public void Bsd_messages_as_they_are_sent(string message, string time, string? host, string? app, string? pid, string text)
    {
        var fields = JsonNode.Parse(Received(message, March2026, "UTC"))!;
        Assert.Equal([time, host, app, pid, text], new[] { "timestamp", "hostname", "appname", "procid", "message" }.Select(n => (string?)fields[n]));
    }

    [Theory]
    [InlineData("Mar 29 01:59:59", "2026-03-29T00:59:59Z")]
    [InlineData("Mar 29 02:30:00", "2026-03-29T01:30:00Z")]
    [InlineData("Mar 29 03:00:00", "2026-03-29T01:00:00Z")]
    [InlineData("Jan  1 00:30:00", "2025-12-31T23:30:00Z")]
    [InlineData("Oct 26 02:30:00", "2025-10-26T01:30:00Z")]
    public void A_zone_makes_the_time_exact(string time, string expected) =>
        Assert.Contains($"\"timestamp\":\"{expected}\"", Received($"<1>{time} h t: m", March2026, "Europe/Zurich"), StringComparison.Ordinal);

    [Fact]
    public void Messages_that_are_no_utf8_are_repaired_or_refused()
    {
        byte[] message = [.. Encoding.UTF8.GetBytes("<1>1 - - - - - - a"), 0xff, (byte)'b'];
        Assert.Contains("\"message\":\"a\uFFFDb\"", new Bench().AddBytes(message).Parse(new Syslog()).Single, StringComparison.Ordinal);
        Assert.Equal("The message at byte 17 is not valid UTF-8.", new Bench().AddBytes(message).Parse(new Syslog { InvalidUtf8 = InvalidText.Fail }).Reason);
        Assert.Contains("\"message\":\"\uFEFFx\"", Parse("<1>1 - - - - - - \uFEFFx"), StringComparison.Ordinal);
        Assert.Contains("\"message\":\"x\"", new Bench().Add("<1>1 - - - - - - \uFEFFx").Parse(new Syslog { StripBom = true }).Single, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_parameters_are_a_dead_letter_and_as_many_as_allowed_are_not()
    {
        var most = string.Concat(Enumerable.Repeat(" a=\"\"", StructuredData.Most));
        Parse($"<1>1 - - - - - [i{most}]");
        Assert.Contains("more than 1000", new Bench().Add($"<1>1 - - - - - [i{most} a=\"\"]").Parse(new Syslog()).Reason, StringComparison.Ordinal);
        var ids = string.Concat(Enumerable.Range(0, StructuredData.Most + 1).Select(i => $"[{i}]"));
        Assert.Contains("more than 1000", new Bench().Add($"<1>1 - - - - - {ids}").Parse(new Syslog()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_zone_is_found_when_the_file_is_checked()
    {
        var diagnostics = new List<Diagnostic>();
        new Syslog { TimeZone = "Mars/Olympus" }.Check(new CheckReport(diagnostics));
        Assert.Contains("Mars/Olympus", Assert.Single(diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Usual)]
    [InlineData("<34>Oct 11 22:14:15 mymachine su[1]: 'su root' failed")]
    public void Nothing_is_allocated_per_message(string message)
    {
        byte[][] events = [.. Enumerable.Repeat(Encoding.UTF8.GetBytes(message), 500)];
        Assert.InRange(ParserMemory.Of(new Syslog { TimeZone = "Europe/Zurich" }, events), 0, 500);
    }

    [Fact]
    public void Whatever_a_message_holds_nothing_breaks()
    {
        string[] examples =
        [
            Usual, "31 <34>Oct 11 22:14:15 h su[1]: fail", "<1>1 - - - - - [a b=\"\\]\\\\\" b=\"é\"][c] \uFEFFx", "<13>Feb 29 23:59:60.5 h t: m", "<13>2026-10-11T22:14:15Z h t: m",
        ];
        string[] tokens = ["<", ">", "[", "]", "\"", "\\", "=", " ", "-", "1 ", "Oct 11 ", "23:59:60", "\uFEFF", "é", "\0", "9999"];
        ProcessorFuzz.Run(new Syslog { TimeZone = "America/New_York" }, examples, tokens, 1);
    }

    private static string Parse(string message) => new Bench().Add(message).Parse(new Syslog()).Single;

    private static string Received(string message, long received, string zone)
    {
        var bench = new Bench();
        var bytes = Encoding.UTF8.GetBytes(message);
        bench.Batch.Add(new EventHeader { RawOffset = bench.Batch.Append(bytes), RawLength = bytes.Length, Received = received });
        return bench.Parse(new Syslog { TimeZone = zone }).Single;
    }
}
