using System.IO.Compression;
using System.Text;
using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Parsers.AvroData;
using CloudPump.Pipelines;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers.AvroData;

public sealed class AvroTests
{
    private static AvroBytesWriter Data => new();

    [Fact]
    public void Every_type_has_its_value()
    {
        const string Schema = """
            {"type":"record","name":"a.R","fields":[
             {"name":"n","type":"null"},{"name":"b","type":"boolean"},{"name":"i","type":"int"},{"name":"l","type":"long"},{"name":"f","type":"float"},{"name":"d","type":"double"},
             {"name":"y","type":"bytes"},{"name":"s","type":"string"},{"name":"x","type":{"type":"fixed","name":"F","size":2}},{"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
             {"name":"a","type":{"type":"array","items":["null","F","E"]}},{"name":"m","type":{"type":"map","values":"double"}},
             {"name":"u","type":["null",{"type":"record","name":"S","fields":[{"name":"q\"","type":"bytes"},{"name":"r","type":["null","S"]}]}]}]}
            """;
        var data = Data.Raw(1).Long(-7, long.MinValue).Float(0.5f).Double(double.NaN).Blob(0, 255).Text("é\"").Raw(1, 2).Long(1)
            .Long(2, 0, 1).Raw(3, 4).Long(-1, 2, 2, 1, 0).Long(1).Text("k").Double(2).Long(0).Long(1).Blob(9).Long(1).Blob().Long(0).Bytes;
        Assert.Equal(
            """{"n":null,"b":true,"i":-7,"l":-9223372036854775808,"f":0.5,"d":"NaN","y":"AP8=","s":"é\"","x":"AQI=","e":"B","a":[null,"AwQ=","B"],"m":{"k":2.0},"u":{"q\"":"CQ==","r":{"q\"":"","r":null}}}""",
            Read(Schema, data));
    }

    [Theory]
    [InlineData("int", "date", 20_737, "\"2026-10-11\"")]
    [InlineData("int", "time-millis", 80_055_003, "\"22:14:15.003\"")]
    [InlineData("long", "time-micros", 80_055_000_007, "\"22:14:15.000007\"")]
    [InlineData("long", "timestamp-millis", -1, "\"1969-12-31T23:59:59.999Z\"")]
    [InlineData("long", "timestamp-micros", 1_791_756_855_000_001, "\"2026-10-11T22:14:15.000001Z\"")]
    [InlineData("long", "timestamp-nanos", -1, "\"1969-12-31T23:59:59.999999999Z\"")]
    [InlineData("long", "local-timestamp-millis", 1_791_756_855_003, "\"2026-10-11T22:14:15.003\"")]
    [InlineData("long", "local-timestamp-nanos", 1, "\"1970-01-01T00:00:00.000000001\"")]
    [InlineData("int", "timestamp-millis", 5, "5")]
    [InlineData("long", "unheard-of", 5, "5")]
    public void Numbers_that_are_times(string type, string logical, long value, string expected)
    {
        var schema = $$"""{"type":"{{type}}","logicalType":"{{logical}}"}""";
        Assert.Equal($$"""{"value":{{expected}}}""", Read(schema, Data.Long(value).Bytes));
        Assert.Equal($$"""{"value":[{{expected}}]}""", Read($$"""{"type":"array","items":{{schema}}}""", Data.Long(1, value, 0).Bytes));
    }

    [Theory]
    [InlineData(5, 2, "3039", "123.45")]
    [InlineData(5, 2, "ff", "-0.01")]
    [InlineData(5, 0, "ff7f", "-129")]
    [InlineData(5, 5, "", "0.00000")]
    [InlineData(40, 3, "ffffffffffffffffffffffffffffffff00", "-0.256")]
    [InlineData(60, 3, "7fffffffffffffffffffffffffffffffffffffff", "730750818665451459101842416358141509827966271.487")]
    [InlineData(38, 0, "80000000000000000000000000000000", "-170141183460469231731687303715884105728")]
    public void Decimals_keep_all_their_digits(int precision, int scale, string hex, string expected)
    {
        var schema = $$"""{"type":"bytes","logicalType":"decimal","precision":{{precision}},"scale":{{scale}}}""";
        Assert.Equal($$"""{"value":{{expected}}}""", Read(schema, Data.Blob(Convert.FromHexString(hex)).Bytes));
    }

    [Fact]
    public void Fixed_values_that_mean_something()
    {
        var data = Data.Raw(Convert.FromHexString("00112233445566778899aabbccddeeff")).Bytes;
        Assert.Equal("""{"value":"00112233-4455-6677-8899-aabbccddeeff"}""", Read("""{"type":"fixed","name":"u","size":16,"logicalType":"uuid"}""", data));
        Assert.Equal("""{"value":{"months":1,"days":2,"millis":4294967295}}""",
            Read("""{"type":"fixed","name":"d","size":12,"logicalType":"duration"}""", [1, 0, 0, 0, 2, 0, 0, 0, 255, 255, 255, 255]));
    }

    [Theory]
    [InlineData("\"int\"", "\"long\"", "0d", "-7")]
    [InlineData("\"int\"", "\"double\"", "0d", "-7.0")]
    [InlineData("\"long\"", "\"float\"", "0d", "-7.0")]
    [InlineData("\"float\"", "\"double\"", "0000003f", "0.5")]
    [InlineData("\"string\"", "\"bytes\"", "0461 62", "\"YWI=\"")]
    [InlineData("\"bytes\"", "\"string\"", "046162", "\"ab\"")]
    [InlineData("\"int\"", "[\"null\",\"string\",\"double\",\"int\"]", "0d", "-7")]
    [InlineData("[\"null\",\"int\"]", "\"long\"", "020d", "-7")]
    [InlineData("[\"null\",\"int\"]", "[\"long\",\"null\"]", "00", "null")]
    [InlineData("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}", "{\"type\":\"enum\",\"name\":\"x.E\",\"symbols\":[\"B\",\"Z\"],\"default\":\"Z\"}", "00", "\"Z\"")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "{\"type\":\"array\",\"items\":\"double\"}", "020d00", "[-7.0]")]
    public void Readers_may_promote(string writer, string reader, string hex, string expected) =>
        Assert.Equal($$"""{"value":{{expected}}}""", Read(writer, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), reader));

    [Fact]
    public void Records_are_read_by_names_aliases_and_defaults_in_the_readers_order()
    {
        const string Writer = """{"type":"record","name":"R","fields":[{"name":"gone","type":{"type":"array","items":"string"}},{"name":"b","type":"int"},{"name":"old","type":"string"}]}""";
        const string Reader = """
            {"type":"record","name":"New","aliases":["R"],"fields":[{"name":"new","type":"string","aliases":["old"]},{"name":"b","type":["null","long"]},
             {"name":"c","type":"string","default":"ü"},{"name":"d","type":{"type":"map","values":["null","int"]},"default":{"k":1,"n":null}},{"name":"y","type":"bytes","default":"\u00ff"},
             {"name":"r","type":["null","New"],"default":null},{"name":"p","type":{"type":"record","name":"P","fields":[{"name":"z","type":"double","default":1.5}]},"default":{}}]}
            """;
        var data = Data.Long(-2, 3).Text("x").Text("").Long(0).Long(5).Text("o").Bytes;
        Assert.Equal("""{"new":"o","b":5,"c":"ü","d":{"k":1,"n":null},"y":"/w==","r":null,"p":{"z":1.5}}""", Read(Writer, data, Reader));
    }

    [Theory]
    [InlineData("\"string\"", "\"int\"", "the schema: the writer has string, which cannot be read as int.")]
    [InlineData("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}", "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}", "R.x: the writer has no such field, and the reader no default for it.")]
    [InlineData("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}", "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"int\",\"default\":\"1\"}]}", "R.x: the default is no int.")]
    [InlineData("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"Rx\"}]}", null, "R.x: there is no type 'Rx' before it is used.")]
    [InlineData("[\"int\",\"int\"]", null, "the schema: a union has each type once, and no union in it; int is one too many.")]
    [InlineData("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"A\"]}", null, "The enum E has a symbol twice.")]
    [InlineData("{\"type\":\"int\"", null, "The schema is not valid JSON, at byte 13 of line 1.")]
    [InlineData("nowhere.avsc", null, "The schema 'nowhere.avsc' cannot be read: there is no such file.")]
    public void What_is_wrong_with_schemas_is_found_when_the_file_is_checked(string writer, string? reader, string message)
    {
        var diagnostics = new List<Diagnostic>();
        var parser = new Avro { Schema = writer, ReaderSchema = reader };
        parser.Check(new CheckReport(diagnostics));
        Assert.Equal(message, Assert.Single(diagnostics).Message);
        Assert.Throws<DefinitionException>(() => parser.Build(Bench.NewContext()));
    }

    [Theory]
    [InlineData("\"string\"", "08 6162", "A string goes beyond the end, at byte 1.")]
    [InlineData("\"bytes\"", "01", "Bytes has a length below zero, at byte 1.")]
    [InlineData("\"string\"", "feffffffffffffffff01", "A string goes beyond the end, at byte 10.")]
    [InlineData("\"long\"", "ffffffffffffffffff02", "A number has more than 64 bits, at byte 0.")]
    [InlineData("\"int\"", "8080808020", "An int has more than 32 bits, at byte 0.")]
    [InlineData("\"int\"", "0200", "1 bytes follow the datum, at byte 1: it was written with another schema.")]
    [InlineData("\"string\"", "02ff", "A string is not valid UTF-8, at byte 0.")]
    [InlineData("\"boolean\"", "02", "A boolean is neither 0 nor 1, at byte 0.")]
    [InlineData("[\"null\"]", "02", "A union has a branch that its schema does not have, at byte 0.")]
    [InlineData("{\"type\":\"array\",\"items\":\"null\"}", "feffffffffffffffff01", "More than 65536 items take no bytes, at byte 10.")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "feffffffffffffffff01", "The data end in the middle of a number, at byte 10.")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "010a", "A block of an array or map has a wrong count or size, at byte 0.")]
    [InlineData("{\"type\":\"array\",\"items\":\"int\"}", "ffffffffffffffffff0102", "A block of an array or map has a wrong count or size, at byte 0.")]
    [InlineData("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}", "ffffffffffffffffff01", "A time lies outside a day, or outside the years 1 to 9999, at byte 0.")]
    [InlineData("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"r\",\"type\":\"R\"}]}", "", "Values are nested deeper than 128 levels, at byte 0.")]
    public void Hostile_data_are_dead_letters_with_the_place(string schema, string hex, string reason) => Assert.Equal(
        reason, new Bench().AddBytes(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))).Parse(new Avro { Schema = schema }).Reason);

    [Fact]
    public void Short_data_that_would_become_a_huge_text_are_a_dead_letter()
    {
        var schema = $$$"""{"type":"array","items":{"type":"record","name":"R","fields":[{"name":"{{{new string('n', 5_000)}}}","type":"boolean"}]}}""";
        var data = Data.Long(60_000).Raw(new byte[60_000]).Long(0).Bytes;
        Assert.StartsWith("The lists and objects of the event would take more", new Bench().AddBytes(data).Parse(new Avro { Schema = schema }).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_are_verified_and_taken_away()
    {
        var fingerprint = BitConverter.GetBytes(AvroCanonicalForm.Fingerprint(AvroSchemaReader.Read("\"int\""u8.ToArray())));
        Assert.Equal("""{"value":1}""", Framed(AvroFraming.SingleObject, [0xc3, 1, .. fingerprint, 2]).Single);
        Assert.Contains("another schema", Framed(AvroFraming.SingleObject, [0xc3, 1, 0, .. fingerprint[1..], 2]).Reason, StringComparison.Ordinal);
        Assert.Contains("C3 01", Framed(AvroFraming.SingleObject, [0xc3, 2, .. fingerprint, 2]).Reason, StringComparison.Ordinal);
        Assert.Equal("""{"value":1}""", Framed(AvroFraming.Confluent, [0, 0, 0, 0, 9, 2]).Single);
        Assert.Contains("zero", Framed(AvroFraming.Confluent, [1, 0, 0, 0, 9, 2]).Reason, StringComparison.Ordinal);
        Assert.Contains("fewer than the 5", Framed(AvroFraming.Confluent, [0, 0]).Reason, StringComparison.Ordinal);

        static Bench Framed(AvroFraming framing, byte[] data) => new Bench().AddBytes(data).Parse(new Avro { Schema = "\"int\"", Framing = framing });
    }

    [Fact]
    public void Containers_are_read_whole_or_not_at_all()
    {
        var reader = new CloudPump.Generators.Avro { ReaderSchema = "\"double\"" };
        var (one, two) = (Data.Long(1, 2).Bytes, Data.Long(3).Bytes);
        string[] expected = ["""{"value":1.0}""", """{"value":2.0}""", """{"value":3.0}"""];
        Assert.Equal(expected, Run("null", (2, one), (1, two)).Events);
        Assert.Equal(expected, Run("snappy", (2, AvroBytesWriter.Snappy(one)), (1, AvroBytesWriter.Snappy(two))).Events);
        Assert.Equal(expected, Run("deflate", (2, Deflate(one)), (1, Deflate(two))).Events);
        Assert.EndsWith("1 bytes of its data follow the last record, at byte 1.", Run("null", (2, one), (0, two)).Reason.Replace("byte 0", "byte 1", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Block 2, which begins at byte ", Run("null", (2, one), (2, two)).Reason, StringComparison.Ordinal);
        Assert.Contains("its checksum is wrong", Run("snappy", (2, [.. AvroBytesWriter.Snappy(one)[..^1], 0])).Reason, StringComparison.Ordinal);
        Assert.Contains("codec", Run("zstandard", (2, one)).Reason, StringComparison.Ordinal);

        Bench Run(string codec, params (long, byte[])[] blocks) => new Bench().AddBytes(AvroBytesWriter.Container("\"int\"", codec, blocks)).Run(reader);
    }

    [Fact]
    public void Bombs_are_refused_without_the_memory_they_claim()
    {
        var generator = new CloudPump.Generators.Avro { MaxBlock = new ByteSize(1 << 20) };
        var bomb = AvroBytesWriter.Container("\"bytes\"", "deflate", (1, Deflate(new byte[8 << 20])));
        Assert.Contains("'max_block'", new Bench().AddBytes(bomb).Run(generator).Reason, StringComparison.Ordinal);
        var claim = AvroBytesWriter.Container("\"bytes\"", "snappy", (1, [0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0, 0]));
        Assert.Contains("damaged", new Bench().AddBytes(claim).Run(generator).Reason, StringComparison.Ordinal);
        var empty = AvroBytesWriter.Container("\"null\"", "null", (long.MaxValue, []));
        Assert.Contains("take no bytes", new Bench().AddBytes(empty).Run(generator).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated_per_datum()
    {
        const string Schema = """{"type":"record","name":"R","fields":[{"name":"l","type":"long"},{"name":"s","type":["null","string"]},{"name":"t","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},{"name":"a","type":{"type":"array","items":"int"}}]}""";
        byte[][] events = [.. Enumerable.Range(0, 500).Select(i => Data.Long(i, 1).Text("some text").Long(1_791_756_855_000).Blob(1, 2).Long(1, i, 0).Bytes)];
        Assert.InRange(ParserMemory.Of(new Avro { Schema = Schema }, events), 0, 500);
    }

    [Fact]
    public void Whatever_the_bytes_are_nothing_breaks()
    {
        const string Schema = """
            {"type":"record","name":"R","fields":[{"name":"s","type":"string"},{"name":"a","type":{"type":"array","items":["null","long",{"type":"map","values":"R"}]}},{"name":"e","type":{"type":"enum","name":"E","symbols":["A"]}},
             {"name":"t","type":{"type":"int","logicalType":"time-millis"}},{"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":50,"scale":3}}]}
            """;
        byte[] inner = Data.Text("x").Long(0, 0, 1).Blob(1).Bytes;
        byte[] example = Data.Text("é").Long(3, 0, 1, 77, 2, 1).Text("k").Raw(inner).Long(0, 0, 0, 5).Blob(200, 1).Bytes;
        byte[][] tokens = [[0], [1], [2], [0xff], [0x80], [0xfe, 0xff, 0xff, 0xff, 0x0f], "Obj\u0001"u8.ToArray(), "avro.codec"u8.ToArray(), "snappy"u8.ToArray(), "\"null\""u8.ToArray()];
        ProcessorFuzz.Run(new Avro { Schema = Schema }, [example], tokens, 1);
        byte[][] files =
        [
            AvroBytesWriter.Container("\"string\"", "null", (1, Data.Text("a").Bytes)),
            AvroBytesWriter.Container("""{"type":"record","name":"R","fields":[{"name":"a","type":["int","string"]},{"name":"b","type":{"type":"array","items":"R"}}]}""", "snappy", (1, AvroBytesWriter.Snappy(Data.Long(0, 5, 0).Bytes))),
            AvroBytesWriter.Container("[\"null\",{\"type\":\"map\",\"values\":\"bytes\"}]", "deflate", (1, Deflate(Data.Long(1, 1).Text("k").Blob(1).Long(0).Bytes))),
        ];
        ProcessorFuzz.Run(new CloudPump.Generators.Avro(), files, tokens, 2);
    }

    private static string Read(string schema, byte[] data, string? reader = null) =>
        new Bench().AddBytes(data).Parse(new Avro { Schema = schema, ReaderSchema = reader }).Single;

    private static byte[] Deflate(byte[] data)
    {
        using var output = new MemoryStream();
        using (var stream = new DeflateStream(output, CompressionLevel.Optimal))
        {
            stream.Write(data);
        }

        return output.ToArray();
    }
}
