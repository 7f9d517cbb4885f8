using System.Text.Json.Nodes;
using System.Text;
using CloudPump.Expressions;
using CloudPump.Parsers;
using CloudPump.Pipelines;
using CloudPump.Transformers;

namespace CloudPump.Tests.Parsers;

public sealed class AccessLogTests
{
    private const string Line = """203.0.113.7 - bob [10/Oct/2026:13:55:36 +0000] "GET /a?b=1 HTTP/1.1" 500 12 "https://x.example/" "curl/8" """;

    [Fact]
    public void All_fields_of_the_10k_sample_agree_with_a_regular_expression()
    {
        var lines = File.ReadAllLines(TestData.Require("access-logs/elastic-apache-combined-10k.log"));
        var bench = new Bench().Add(lines).Parse(new AccessLog());
        Assert.Equal(9_999, bench.Batch.Rows.Length);
        Assert.Single(bench.Batch.Failures);
        for (var row = 0; row < lines.Length; row++)
        {
            var expected = AccessLogReference.Parse(lines[row]);
            var found = bench.Batch.RemovalOf(row) == CloudPump.Events.Removal.None ? JsonNode.Parse(bench.Event(row)) : null;
            Assert.True(JsonNode.DeepEquals(expected, found), $"Line {row}: {lines[row]}\n{expected}\n{found}");
        }
    }

    [Theory]
    [InlineData("apache-test.log", "1111110")]
    [InlineData("nginx-test.log", "0101001")]
    public void Host_lists_and_virtual_hosts_are_dead_letters(string file, string parsed)
    {
        var lines = File.ReadAllLines(TestData.Require("access-logs/beats/" + file));
        var bench = new Bench().Add(lines).Parse(new AccessLog());
        Assert.Equal(parsed, string.Concat(lines.Select((_, row) => bench.Batch.RemovalOf(row) == CloudPump.Events.Removal.None ? '1' : '0')));
    }

    [Fact]
    public void A_combined_line_gives_all_fields_in_order() => Assert.Equal(
        """{"client_ip":"203.0.113.7","user":"bob","timestamp":"2026-10-10T13:55:36Z","method":"GET","path":"/a?b=1","protocol":"HTTP/1.1","status":500,"bytes":12,"referrer":"https://x.example/","user_agent":"curl/8"}""",
        Parse(Line.Trim()));

    [Fact]
    public void A_dash_gives_no_field() => Assert.Equal(
        """{"client_ip":"::1","timestamp":"2016-12-26T14:16:48Z","status":408}""",
        Parse("""::1 - - [26/Dec/2016:16:16:48 +0200] "-" 408 - "-" "-" """.Trim()));

    [Theory]
    [InlineData("""
        ""
        """, "{}")]
    [InlineData("""
        "-"
        """, "{}")]
    [InlineData("""
        "\x16\x03\x01"
        """, """{"request":"\u0016\u0003\u0001"}""")]
    [InlineData("""
        "GET /"
        """, """{"method":"GET","path":"/"}""")]
    [InlineData("""
        "GET /a b c HTTP/1.0"
        """, """{"method":"GET","path":"/a b c","protocol":"HTTP/1.0"}""")]
    [InlineData("""
        "GET  HTTP/1.0"
        """, """{"method":"GET","protocol":"HTTP/1.0"}""")]
    [InlineData("""
        "GET /%22?q=\"a\\b\" HTTP/1.0"
        """, """{"method":"GET","path":"/%22?q=\"a\\b\"","protocol":"HTTP/1.0"}""")]
    [InlineData("""
        "GET /\xc3\xa9\x0a HTTP/1.0"
        """, """{"method":"GET","path":"/é\n","protocol":"HTTP/1.0"}""")]
    [InlineData("""
        "GET /\xff\n\x4 HTTP/1.0"
        """, """{"method":"GET","path":"/\\xff\\n\\x4","protocol":"HTTP/1.0"}""")]
    public void The_request_is_taken_apart_and_its_escapes_decoded(string request, string expected)
    {
        var json = JsonNode.Parse(Parse($"h - - [10/Oct/2026:13:55:36 +0000] {request} 200 1")!)!.AsObject();
        foreach (var other in new[] { "client_ip", "timestamp", "status", "bytes" })
        {
            Assert.True(json.Remove(other));
        }

        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), json.ToJsonString());
    }

    [Theory]
    [InlineData("29/Feb/2024:00:00:00 +0000", "2024-02-29T00:00:00Z")]
    [InlineData("29/Feb/2000:00:00:00 +0000", "2000-02-29T00:00:00Z")]
    [InlineData("31/Dec/2026:23:30:00 -0130", "2027-01-01T01:00:00Z")]
    [InlineData("01/Jan/2026:00:00:00 +1400", "2025-12-31T10:00:00Z")]
    [InlineData("31/Dec/2016:23:59:60 +0000", "2016-12-31T23:59:59Z")]
    [InlineData("29/Feb/2026:00:00:00 +0000", null)]
    [InlineData("29/Feb/1900:00:00:00 +0000", null)]
    [InlineData("31/Apr/2026:00:00:00 +0000", null)]
    [InlineData("00/Apr/2026:00:00:00 +0000", null)]
    [InlineData("10/oct/2026:13:55:36 +0000", null)]
    [InlineData("10/anF/2026:13:55:36 +0000", null)]
    [InlineData("10/Oct/0000:13:55:36 +0000", null)]
    [InlineData("01/Jan/0001:00:00:00 +0100", null)]
    [InlineData("10/Oct/2026:24:00:00 +0000", null)]
    [InlineData("10/Oct/2026:13:60:36 +0000", null)]
    [InlineData("10/Oct/2026:13:55:61 +0000", null)]
    [InlineData("10/Oct/2026:13:55:36 +2400", null)]
    [InlineData("10/Oct/2026:13:55:36 0000", null)]
    [InlineData("10/Oct/2026:13:55:3: +0000", null)]
    [InlineData("10/Oct/2026 13:55:36 +0000", null)]
    [InlineData("", null)]
    public void Times_are_read_strictly(string time, string? expected) =>
        Assert.Equal(expected, (string?)JsonNode.Parse(Parse($"h - - [{time}] \"-\" 200 1") ?? "{}")!["timestamp"]);

    [Fact]
    public void A_time_of_zero_bytes_is_no_time()
    {
        // The parser remembers the last time; what it remembers before the first one must not be found in a line.
        Assert.Null(Parse($"h - - [{new string('\0', 26)}] \"-\" 200 1"));
        Assert.Null(Parse($"h - - [{new string('\0', 11)}:10:10:10 +0000] \"-\" 200 1"));
    }

    [Fact]
    public void The_remembered_time_and_day_are_used_only_for_the_same_text()
    {
        string[] times = ["10/Oct/2026:13:55:36 +0000", "10/Oct/2026:13:55:37 +0000", "10/Oct/2026:13:55:37 +0100", "11/Oct/2026:13:55:37 +0100", "11/Oct/2026:99:55:37 +0100", "11/Oct/2026:13:55:37 +0100"];
        var bench = new Bench().Add(times.Select(t => $"h - - [{t}] \"-\" 200 1")).Parse(new AccessLog());
        Assert.Equal(
            ["2026-10-10T13:55:36Z", "2026-10-10T13:55:37Z", "2026-10-10T12:55:37Z", "2026-10-11T12:55:37Z", "2026-10-11T12:55:37Z"],
            bench.Events.Select(e => (string?)JsonNode.Parse(e)!["timestamp"]));
    }

    [Theory]
    [InlineData("099", "1", """{"status":99,"bytes":1}""")]
    [InlineData("200", "007", """{"status":200,"bytes":7}""")]
    [InlineData("200", "0", """{"status":200,"bytes":0}""")]
    [InlineData("200", "999999999999999999", """{"status":200,"bytes":999999999999999999}""")]
    [InlineData("20", "1", null)]
    [InlineData("2000", "1", null)]
    [InlineData("-", "1", null)]
    [InlineData("200", "1x", null)]
    [InlineData("200", "-1", null)]
    [InlineData("200", "", null)]
    [InlineData("200", "9999999999999999999", null)]
    public void Numbers_are_read_strictly_and_stay_valid_JSON(string status, string bytes, string? expected)
    {
        var json = JsonNode.Parse(Parse($"h - - [10/Oct/2026:13:55:36 +0000] \"-\" {status} {bytes}") ?? "null")?.AsObject();
        json?.Remove("client_ip");
        json?.Remove("timestamp");
        Assert.Equal(expected, json?.ToJsonString());
    }

    [Theory]
    [InlineData("""1 "r" """)]
    [InlineData("""1 "r" x""")]
    [InlineData("""1 "r" "u" "f" "more" """)]
    [InlineData("""1 "r" "u"x""")]
    [InlineData("""1 "r" "u""")]
    [InlineData("""1 "r" "u\" """)]
    [InlineData("""1 "r" "u\""")]
    public void What_is_wrong_after_the_bytes_is_a_dead_letter(string rest) =>
        Assert.Null(Parse("h - - [10/Oct/2026:13:55:36 +0000] \"-\" 200 " + rest.TrimEnd()));

    [Fact]
    public void A_third_quoted_field_is_who_it_was_forwarded_for() =>
        Assert.EndsWith("\"forwarded_for\":\"10.1.1.1\"}", Parse(Line.Trim() + " \"10.1.1.1\""), StringComparison.Ordinal);

    [Fact]
    public void Invalid_UTF_8_is_a_dead_letter_with_its_bytes()
    {
        var bytes = Encoding.Latin1.GetBytes(Line.Trim().Replace("curl", "\u00ff", StringComparison.Ordinal));
        var bench = new Bench().AddBytes(bytes).Parse(new AccessLog());
        Assert.Equal("The line is not valid UTF-8.", bench.Reason);
        Assert.Equal(bytes, bench.Batch.Raw(0).ToArray());
        Assert.True(bench.Batch.IsRaw(0));
    }

    [Fact]
    public void Control_characters_and_quotes_in_words_are_escaped_in_the_output()
    {
        var json = Parse("h\0\u0001 i\"d b\\b [10/Oct/2026:13:55:36 +0000] \"a\tb c\0\" 200 1");
        var node = JsonNode.Parse(json!)!;
        Assert.Equal("h\0\u0001", (string?)node["client_ip"]);
        Assert.Equal("i\"d", (string?)node["ident"]);
        Assert.Equal("b\\b", (string?)node["user"]);
        Assert.Equal("a\tb", (string?)node["method"]);
        Assert.Equal("c\0", (string?)node["path"]);
    }

    [Fact]
    public void A_field_set_before_is_replaced_and_others_stay()
    {
        var bench = new Bench().Add(Line.Trim()).Run(new Set { Fields = { { "status", "1" }, { "host", "'web'" } } }, new AccessLog());
        Assert.StartsWith("{\"host\":\"web\",\"client_ip\"", bench.Single, StringComparison.Ordinal);
        Assert.Equal(1, bench.Single.Split("\"status\":").Length - 1);
        Assert.Contains("\"status\":500", bench.Single, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_names_the_byte_but_no_value()
    {
        var bench = new Bench().Add("203.0.113.7 - secret 10/Oct/2026:13:55:36").Parse(new AccessLog());
        Assert.Equal("The time in brackets was expected at byte 21.", bench.Reason);
    }

    [Fact]
    public void An_event_without_original_bytes_cannot_be_parsed()
    {
        var bench = new Bench();
        bench.Batch.Add(new CloudPump.Events.EventHeader { RawLength = -1 });
        Assert.Contains("came as fields", bench.Parse(new AccessLog()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Ecs_gives_nested_fields_of_the_common_schema() => Assert.Equal(
        """{"source":{"ip":"203.0.113.7","address":"203.0.113.7"},"user":{"name":"bob"},"@timestamp":"2026-10-10T13:55:36Z","http":{"request":{"method":"GET","referrer":"https://x.example/"},"version":"1.1","response":{"status_code":500,"body":{"bytes":12}}},"url":{"original":"/a?b=1"},"user_agent":{"original":"curl/8"}}""",
        Sorted(Parse(Line.Trim(), ecs: true)!));

    [Theory]
    [InlineData("web-1")]
    [InlineData("12345")]
    [InlineData("1.2.3")]
    public void Ecs_takes_only_an_address_for_source_ip(string host)
    {
        var source = JsonNode.Parse(Parse(host + Line.Trim()["203.0.113.7".Length..], ecs: true)!)!["source"]!;
        Assert.Equal($$"""{"address":"{{host}}"}""", source.ToJsonString());
    }

    [Fact]
    public void Every_prefix_of_a_valid_line_parses_or_fails()
    {
        var line = Encoding.UTF8.GetBytes(Line.Trim() + " \"\\x41\\\"é\"");
        var bench = new Bench().AddBytes(Enumerable.Range(0, line.Length + 1).Select(n => line[..n])).Parse(new AccessLog());
        Assert.Equal(line.Length + 1, bench.Batch.Rows.Length + bench.Batch.Failures.Count);

        // A common line is complete after its bytes, of which any number of digits will do, and with the space after them; then after each quoted field.
        Assert.Equal(3 + 2 + 1, bench.Batch.Rows.Length);
    }

    [Fact]
    public void Random_damage_never_throws_and_what_parses_is_valid_JSON()
    {
        var random = new Random(20261010);
        var line = Encoding.UTF8.GetBytes(Line.Trim() + " \"\\x41\\\"é\"");
        byte[] special = [.. "\"\\ -[]:x0"u8, 0, 10, 0xff, 0xc3];
        var bench = new Bench().AddBytes(Enumerable.Range(0, 20_000).Select(_ => Damage(line, random, special)));
        bench.Run(new AccessLog { Ecs = false });
        Assert.Equal(20_000, bench.Batch.Rows.Length + bench.Batch.Failures.Count);
        Assert.InRange(bench.Batch.Rows.Length, 1_000, 19_000);
        Assert.All(bench.Events, e => JsonNode.Parse(e)!.AsObject());
    }

    [Fact]
    public void The_short_way_through_usual_lines_gives_what_the_long_way_gives()
    {
        var random = new Random(20261122);
        var line = Encoding.UTF8.GetBytes("""83.149.9.216 - frank [17/May/2015:10:05:03 +0200] "GET /a?b=c HTTP/1.1" 200 2030 "http://example.org/" "Mozilla/5.0 (X11; Linux)" """.Trim());
        byte[] special = [.. "\"\\ -[]:x0"u8, 0xc3];
        List<byte[]> lines = [line, .. Enumerable.Range(0, 20_000).Select(_ => Damage(line, random, special))];
        var usual = new Bench().AddBytes(lines).Run(new AccessLog());

        // An event that has a field already takes the long way.
        var general = new Bench().AddBytes(lines).Run(new Set { Fields = new NamedList<Expression> { { "x", "1" } } }, new AccessLog(), new Remove { Fields = ["x"] });
        Assert.Equal(general.Events, usual.Events);
        Assert.Equal(general.Batch.Failures.Select(f => (f.Row, f.Reason)), usual.Batch.Failures.Select(f => (f.Row, f.Reason)));
        Assert.InRange(usual.Events.Count, 2_000, 19_000);
    }

    private static byte[] Damage(byte[] line, Random random, byte[] special)
    {
        var bytes = line.ToList();
        for (var n = random.Next(1, 4); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = special[random.Next(special.Length)]; break;
                case 1: bytes.Insert(at, special[random.Next(special.Length)]); break;
                case 2: bytes.RemoveAt(at); break;
                default: bytes[at] = (byte)random.Next(256); break;
            }
        }

        return [.. bytes];
    }

    private static string? Parse(string line, bool ecs = false) =>
        new Bench().Add(line).Parse(new AccessLog { Ecs = ecs }).Events.SingleOrDefault();

    // The order in which nested objects come is not what this is about, except inside them.
    private static string Sorted(string json) => JsonNode.Parse(json)!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
