using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPump.Connectors.Generate;
using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Parsers.Layouts;
using CloudPump.Pipelines;
using CloudPump.Tests.Cli;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers.Layouts;

public sealed class XdrTests
{
    [Theory]
    [InlineData("uint, length: 2", "0102", "258")]
    [InlineData("uint, length: 2, byte_order: little", "0102", "513")]
    [InlineData("uint, length: 8", "7fffffffffffffff", "9223372036854775807")]
    [InlineData("int, length: 1", "ff", "-1")]
    [InlineData("int, length: 3, byte_order: little", "feffff", "-2")]
    [InlineData("uint, length: 1, values: {1: on, 0x02: off}", "02", "\"off\"")]
    [InlineData("uint, length: 1, values: {1: on}", "03", "3")]
    [InlineData("bits, length: 2, bits: {a: 0, b: 15, c: 4-7}", "8031", """{"a":true,"b":true,"c":3}""")]
    [InlineData("bcd, length: 2", "012f", "\"012\"")]
    [InlineData("tbcd, length: 3", "214365", "\"123456\"")]
    [InlineData("tbcd, length: 3", "a1cbff", "\"1*#a\"")]
    [InlineData("tbcd, length: 3", "2143f5", "\"12345\"")]
    [InlineData("ascii, length: 4", "61220000", "\"a\\\"\"")]
    [InlineData("utf8, length: 4", "c3a92020", "\"é\"")]
    [InlineData("utf8", "c3a9", "\"é\"")]
    [InlineData("hex, length: 3", "00ABff", "\"00abff\"")]
    [InlineData("bytes, length: 3", "00abff", "\"AKv/\"")]
    [InlineData("ipv4", "c0000201", "\"192.0.2.1\"")]
    [InlineData("ipv6", "20010db8000000000000000000000001", "\"2001:db8::1\"")]
    [InlineData("plmn", "22f810", "\"22801\"")]
    [InlineData("plmn", "130062", "\"310260\"")]
    [InlineData("timestamp, length: 4", "68e9e800", "\"2025-10-11T05:15:44Z\"")]
    [InlineData("timestamp, length: 8, unit: millis", "000001a12d07e6db", "\"2026-10-11T22:14:15.003Z\"")]
    [InlineData("timestamp, unit: ntp", "83aa7e8080000000", "\"1970-01-01T00:00:00.5Z\"")]
    [InlineData("timestamp, unit: ntp", "0000000100000000", "\"2036-02-07T06:28:17Z\"")]
    [InlineData("timestamp, length: 6, unit: bcd", "261011221415", "\"2026-10-11T22:14:15Z\"")]
    [InlineData("timestamp, length: 7, unit: bcd", "19991231235959", "\"1999-12-31T23:59:59Z\"")]
    [InlineData("timestamp, length: 9, unit: bcd", "2610112214152b0200", "\"2026-10-11T20:14:15Z\"")]
    [InlineData("group, fields: [{name: x, type: plmn}]", "22f810", """{"x":"22801"}""")]
    [InlineData("group, until_end: true, fields: [{name: x, type: uint, length: 1}, {name: y, type: hex, length: 1}]", "01020304", """[{"x":1,"y":"02"},{"x":3,"y":"04"}]""")]
    [InlineData("group, count: 2, fields: [{name: x, type: ascii, length: 1}]", "6122", """[{"x":"a"},{"x":"\""}]""")]
    public void Types(string field, string hex, string expected)
    {
        Assert.Equal($$"""{"f":{{expected}}}""", Parse($"fields: [{{name: f, type: {field}}}]", hex));
        var nested = $"fields: [{{name: g, type: group, fields: [{{name: f, type: {field}}}]}}]";
        Assert.Equal($$$"""{"g":{"f":{{{expected}}}}}""", Parse(nested, hex));
    }

    [Theory]
    [InlineData("uint, length: 2", "01", "The field 'f' at byte 0 goes beyond the end: it has 2 bytes.")]
    [InlineData("uint, length: 1", "0102", "1 bytes follow the last field of the layout, at byte 1.")]
    [InlineData("uint, length: 8", "ffffffffffffffff", "The field 'f' at byte 0 is a number of more than 63 bits.")]
    [InlineData("bcd, length: 1", "1a", "The field 'f' at byte 0 has a half byte that is no digit.")]
    [InlineData("tbcd, length: 2", "f1f2", "The field 'f' at byte 0 has a digit after the filler.")]
    [InlineData("ascii, length: 1", "07", "The field 'f' at byte 0 holds other characters than printable ASCII.")]
    [InlineData("utf8, length: 1", "ff", "The field 'f' at byte 0 is not valid UTF-8.")]
    [InlineData("plmn", "2af810", "The field 'f' at byte 0 has a half byte that is no digit.")]
    [InlineData("timestamp, length: 8", "ffffffffffffffff", "The field 'f' at byte 0 is a time outside the years 1 to 9999.")]
    [InlineData("timestamp, length: 6, unit: bcd", "261301000000", "The field 'f' at byte 0 holds no time in BCD.")]
    [InlineData("group, until_end: true, fields: [{name: x, type: hex, length: 0}]", "00", "The field 'f' at byte 0 comes again and again without bytes.")]
    [InlineData("uint, offset: 5, length: 1", "01", "The field 'f' at byte 5 begins beyond the end.")]
    public void What_is_wrong_with_a_record_is_told_with_its_place(string field, string hex, string reason) =>
        Assert.Equal(reason, Run($"fields: [{{name: f, type: {field}}}]", hex).Reason);

    [Fact]
    public void Fields_tell_the_count_the_length_and_the_presence_of_later_ones()
    {
        const string Layout = """
            fields:
              - {name: p, type: bits, length: 1, hidden: true, bits: {a: 0, b: 1, c: 7}}
              - {name: n, type: uint, length: 1, hidden: true}
              - {name: len, type: uint, length: 1}
              - {name: a, type: hex, length: 1, when: p.a}
              - {name: b, type: hex, length: 1, when: p.b, keeps_room: true}
              - {name: t, type: utf8, length_from: len}
              - {name: g, type: group, count: n, fields: [{name: k, type: uint, length: 1}, {name: v, type: ascii, length_from: k}, {name: c, type: hex, length: 1, when: p.c}]}
            """;
        Assert.Equal("""{"len":2,"a":"aa","b":"bb","t":"xy","g":[{"k":1,"v":"z","c":"cc"},{"k":0,"v":"","c":"dd"}]}""", Parse(Layout, "830202aabb7879017acc00dd"));
        Assert.Equal("""{"len":0,"t":"","g":[]}""", Parse(Layout, "000000bb"));
        Assert.Contains("'g.v' at byte 5 goes beyond", Run(Layout, "000100bbff").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_may_be_told_and_a_number_may_have_a_name_besides()
    {
        const string Layout = "{byte_order: little, trailing: ignore, fields: [{name: b, type: uint, offset: 2, length: 2, values: {513: x}, label: bn}, {name: a, type: uint, offset: 0, length: 1}, {name: c, type: uint, length: 1}]}";
        Assert.Equal("""{"b":513,"bn":"x","a":7,"c":8}""", Parse(Layout, "0708010209"));
        // Nothing follows the field that reaches furthest, though it is not the last one.
        Assert.Equal("""{"b":513,"bn":"x","a":7,"c":8}""", Parse(Layout.Replace("trailing: ignore, ", "", StringComparison.Ordinal), "07080102"));
    }

    [Fact]
    public void Tags_and_lengths_in_any_order()
    {
        const string Fields = """
            , fields: [{name: a, type: uint, tag: 0x81, required: true}, {name: l, type: ascii, tag: 0x82, repeated: true},
              {name: g, type: group, tag: 0xa3, fields: [{name: x, type: tbcd, tag: 0x80}]}, {name: s, type: group, tag: 0xa4, repeated: true, encoding: fixed, fields: [{name: y, type: uint, length: 1}]}]}
            """;
        const string Expected = """{"l":["a","b"],"g":{"x":"12"},"s":[{"y":1},{"y":2}],"a":258,"unknown":{"05":"ff","8f":""}}""";
        Assert.Equal(Expected, Parse("{encoding: tlv" + Fields, "82 01 61 05 01 ff a3 03 80 01 21 a4 01 01 8f 00 82 01 62 a4 01 02 81 02 01 02"));
        Assert.Equal(Expected.Replace("05", "0005", StringComparison.Ordinal).Replace("8f", "008f", StringComparison.Ordinal), Parse("{encoding: tlv, tag_size: 2, length_size: 2" + Fields,
            "0082 0001 61 0005 0001 ff 00a3 0005 0080 0001 21 00a4 0001 01 008f 0000 0082 0001 62 00a4 0001 02 0081 0002 01 02"));
        Assert.Equal("""{"a":1}""", Parse("{encoding: tlv, tag_size: ber, length_size: ber, unknown: ignore" + Fields, "81 81 01 01 9f 81 01 82 00 01 ff"));
        Assert.Contains("'a' at byte 0 is missing", Run("{encoding: tlv" + Fields, "05 00").Reason, StringComparison.Ordinal);
        Assert.Contains("'a' at byte 3 comes for the second time", Run("{encoding: tlv" + Fields, "81 01 00 81 01 00").Reason, StringComparison.Ordinal);
        Assert.Contains("at byte 0", Run("{encoding: tlv" + Fields, "81 05 00").Reason, StringComparison.Ordinal);
        Assert.Contains("indefinite", Run("{encoding: tlv, length_size: ber" + Fields, "81 80 00 00").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{name: a, type: unt, length: 1}", "2:21: error: 'type' takes uint, int, bits, bcd, tbcd, ascii, utf8, hex, bytes, ipv4, ipv6, timestamp, plmn, group, skip, not 'unt'. Did you mean 'int'?")]
    [InlineData("{name: a, type: uint}", "2:12: error: The field 'a' needs a length.")]
    [InlineData("{name: a, type: uint, length: 9}", "2:35: error: A field of type uint takes a length of 1 to 8.")]
    [InlineData("{name: a, type: hex, tag: 1}", "2:31: error: 'tag' is for tlv only.")]
    [InlineData("{name: a, type: hex, lenght: 1}", "2:26: error: 'fields' has no option 'lenght'. Did you mean 'length'?")]
    [InlineData("{name: a, type: hex, length_from: b}", "2:39: error: There is no field 'b' of type uint before this one in a fixed layout.")]
    [InlineData("{name: a, type: hex, when: b.c}", "2:32: error: 'b.c' names no single bit of a field of type bits before this one; write FIELD.BIT.")]
    [InlineData("{name: a, type: bits, length: 1, bits: {x: 8}}", "2:44: error: '8' is no bit, or range of bits such as 4-6, of a field of 1 bytes; the lowest bit is 0.")]
    [InlineData("{name: a, type: uint, length: 1, values: {x: y}}", "2:46: error: 'x' is no number, or stands there for the second time.")]
    [InlineData("{name: a, type: group, fields: []}", "2:36: error: A layout, and a group, has 1 to 1000 fields.")]
    public void Mistakes_in_a_layout_are_found_with_their_place(string field, string expected)
    {
        var diagnostics = new List<Diagnostic>();
        var layout = LayoutFile.Read("x.yaml", $"fields:\n  - {field}\n", diagnostics);
        Assert.True(layout is null || new LayoutCompiler(layout, new FieldTable(), diagnostics).Compile() is null);
        Assert.Contains($"x.yaml:{expected}", diagnostics.Select(d => d.ToString()));
    }

    [Fact]
    public void A_layout_that_is_not_there_is_found_when_the_file_is_checked()
    {
        var diagnostics = new List<Diagnostic>();
        new Xdr { Layout = "no.yaml" }.Check(new CheckReport(diagnostics));
        Assert.Equal("The layout 'no.yaml' cannot be read: there is no such file. Ready layouts are: s1.", Assert.Single(diagnostics).Message);
    }

    [Fact]
    public void Records_travel_as_text_too()
    {
        var record = Line(0);
        var expected = new Bench().AddBytes(Convert.FromHexString(record)).Parse(new Xdr { Layout = "s1" }).Single;
        Assert.Equal(expected, new Bench().Add($"{record.ToUpperInvariant()}\r\n").Parse(new Xdr { Layout = "s1", Encoding = XdrEncoding.Hex }).Single);
        Assert.Equal(expected, new Bench().Add(Convert.ToBase64String(Convert.FromHexString(record))).Parse(new Xdr { Layout = "s1", Encoding = XdrEncoding.Base64 }).Single);
        Assert.StartsWith("The event is not hexadecimal text", new Bench().Add("0g").Parse(new Xdr { Layout = "s1", Encoding = XdrEncoding.Hex }).Reason, StringComparison.Ordinal);
        Assert.StartsWith("The event is not hexadecimal text", new Bench().Add("012").Parse(new Xdr { Layout = "s1", Encoding = XdrEncoding.Hex }).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_of_the_ready_layout_and_every_option_is_documented()
    {
        var diagnostics = new List<Diagnostic>();
        var layout = LayoutFile.Load("s1", new Xdr(), diagnostics)!;
        var text = File.ReadAllText(Repository.Path("docs/xdr.md"));
        Assert.All(Names(layout.Fields, ""), n => Assert.Contains($"| `{n}`", text, StringComparison.Ordinal));
        Assert.All(layout.Fields.SelectMany(f => f.Values.Select(v => v.Value)), v => Assert.Contains(v, text, StringComparison.Ordinal));
        var options = OptionDescriptor.Of(typeof(Layout)).Concat(OptionDescriptor.Of(typeof(LayoutField))).Select(o => o.Name).Concat(Enum.GetNames<LayoutType>().Select(OptionDescriptor.SnakeCase));
        Assert.All(options, o => Assert.Contains($"`{o}`", text, StringComparison.Ordinal));

        var example = text[text.IndexOf("description: Calls", StringComparison.Ordinal)..];
        Assert.NotNull(new LayoutCompiler(LayoutFile.Read("docs", example[..example.IndexOf("```", StringComparison.Ordinal)], diagnostics)!, new FieldTable(), diagnostics).Compile());

        static IEnumerable<string> Names(IEnumerable<LayoutField> fields, string path) => fields.SelectMany(f => Names(f.Fields, $"{path}{f.Name}.").Prepend(path + f.Name));
    }

    [Fact]
    public void Every_sample_record_is_a_valid_transaction()
    {
        var bench = new Bench().Add(Enumerable.Range(0, 2_000).Select(i => Line(i))).Parse(new Xdr { Layout = "s1", Encoding = XdrEncoding.Hex });
        Assert.Empty(bench.Batch.Failures);
        var records = bench.Events.Select(e => JsonNode.Parse(e)!.AsObject()).ToList();
        foreach (var record in records)
        {
            var (imsi, imei) = ((string)record["imsi"]!, (string)record["imei"]!);
            Assert.True(imsi.Length == 15 && imei.Length == 15 && IsLuhn(imei), imei);
            Assert.StartsWith("4179", (string)record["msisdn"]!, StringComparison.Ordinal);
            Assert.Equal("22801", (string)record["ecgi"]!["plmn"]!);
            Assert.True((DateTimeOffset)record["start_time"]! < (DateTimeOffset)record["end_time"]!);
            Assert.Equal((string)record["result"]! != "success", record.ContainsKey("cause_group"));
            Assert.NotNull((string?)record["procedure"]);
        }

        Assert.Contains(records, r => r["bearers"] is JsonArray { Count: 2 } b && (string)b[0]!["sgw_address"]! is ['1', '0', '.', '3', '2', '.', ..]);
        Assert.InRange(records.Count(r => (string)r["result"]! != "success"), 20, 200);
    }

    private static bool IsLuhn(string digits) =>
        digits.Reverse().Select((c, i) => i % 2 == 0 ? c - '0' : ((c - '0') * 2 / 10) + ((c - '0') * 2 % 10)).Sum() % 10 == 0;

    [Fact]
    public void Nothing_is_allocated_per_record()
    {
        byte[][] events = [.. Enumerable.Range(0, 500).Select(i => Encoding.ASCII.GetBytes(Line(i)))];
        Assert.InRange(ParserMemory.Of(new Xdr { Layout = "s1", Encoding = XdrEncoding.Hex }, events), 0, 500);
    }

    [Fact]
    public void Whatever_a_record_holds_nothing_breaks()
    {
        byte[][] examples = [.. Enumerable.Range(0, 20).Select(i => Convert.FromHexString(Line(i)))];
        byte[][] tokens = [[0], [0xff], [0xff, 0xff, 0xff, 0xff], [0x80], [0x81, 1], [0xa3], [0x1f]];
        ProcessorFuzz.Run(new Xdr { Layout = "s1" }, examples, tokens, 1);
        var folder = Directory.CreateTempSubdirectory("cloudpump-layout");
        var file = Path.Combine(folder.FullName, "layout.yaml");
        try
        {
            File.WriteAllText(file, """
                {encoding: tlv, tag_size: ber, length_size: ber, fields: [{name: a, type: uint, tag: 0x81}, {name: l, type: utf8, tag: 0x82, repeated: true}, {name: t, type: timestamp, tag: 0x83, unit: bcd},
                 {name: g, type: group, tag: 0xa3, repeated: true, fields: [{name: x, type: tbcd, tag: 0x80}, {name: f, type: group, tag: 0xa1, encoding: fixed, until_end: true, fields: [{name: n, type: uint, length: 1}, {name: v, type: hex, length_from: n}]}]}]}
                """);
            ProcessorFuzz.Run(new Xdr { Layout = file }, [Bytes("81 02 01 02 82 01 61 a3 09 80 01 21 a1 04 01 ff 01 00 82 02 c3 a9")], tokens, 2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Line(long number)
    {
        var output = new ByteBuffer(4_096);
        SampleGenerators.Create("xdr", 1).Write(number, SampleTime.Of(number), output);
        return Encoding.ASCII.GetString(output.Written);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static string Parse(string layout, string hex) => Run(layout, hex) is { Batch.Failures.Count: 0 } bench ? bench.Single : throw new InvalidOperationException(Run(layout, hex).Reason);

    private static Bench Run(string layout, string hex)
    {
        var diagnostics = new List<Diagnostic>();
        var bench = new Bench();
        var compiler = new LayoutCompiler(LayoutFile.Read("x.yaml", layout, diagnostics) ?? throw new DefinitionException(diagnostics), bench.Context.Fields, diagnostics);
        var body = compiler.Compile() ?? throw new DefinitionException(diagnostics);
        return bench.AddBytes(Bytes(hex)).Run(new XdrParser(body, compiler.Registers, XdrEncoding.Binary, bench.Context.Fields));
    }
}
