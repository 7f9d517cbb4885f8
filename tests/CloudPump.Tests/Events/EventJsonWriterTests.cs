using System.Text;
using System.Text.Json;
using CloudPump.Events;
using CloudPump.Transformers;

namespace CloudPump.Tests.Events;

public sealed class EventJsonWriterTests
{
    [Fact]
    public void An_event_that_no_parser_touched_is_a_message() =>
        Assert.Equal("""{"message":"a \"b\"\t\u0001"}""", new Bench().Add("a \"b\"\t\u0001").Single);

    [Fact]
    public void Bytes_that_are_no_text_become_replacement_characters() =>
        Assert.Equal("{\"message\":\"a\ufffdb\"}", new Bench().AddBytes([(byte)'a', 0xff, (byte)'b']).Single);

    [Fact]
    public void An_event_whose_fields_were_all_removed_does_not_show_its_original_text() => Assert.Equal(
        "{}",
        new Bench().Add("""{"email":"a@b"}""").Run(new CloudPump.Parsers.Json(), new Remove { Fields = ["email"] }).Single);

    [Fact]
    public void Every_kind_has_its_form()
    {
        var bench = new Bench();
        bench.Batch.Add(new EventHeader { RawLength = -1 });
        var batch = bench.Batch;
        ushort Id(string name) => bench.Context.Fields.Id(name);
        batch.SetNull(0, Id("null"));
        batch.SetBool(0, Id("bool"), true);
        batch.SetInt64(0, Id("int"), long.MinValue);
        batch.SetDouble(0, Id("double"), 0.1);
        batch.SetDouble(0, Id("nan"), double.NaN);
        batch.SetDouble(0, Id("inf"), double.NegativeInfinity);
        batch.SetString(0, Id("te\"xt"), "a\nb\u007fé"u8);
        batch.SetText(0, Id("bytes"), FieldKind.Bytes, [0, 255]);
        batch.SetTimestamp(0, Id("time"), new DateTime(2026, 10, 10, 1, 2, 3, DateTimeKind.Utc).Ticks);
        batch.SetTimestamp(0, Id("nanos"), new DateTime(2026, 10, 10, 1, 2, 3, DateTimeKind.Utc).Ticks, 5);
        batch.SetTimestamp(0, Id("again"), new DateTime(2026, 10, 10, 1, 2, 3, DateTimeKind.Utc).Ticks);
        batch.SetText(0, Id("list"), FieldKind.List, "[1, 2]"u8);
        Assert.Equal(
            "{\"null\":null,\"bool\":true,\"int\":-9223372036854775808,\"double\":0.1,\"nan\":\"NaN\",\"inf\":\"-Infinity\",\"te\\\"xt\":\"a\\nb\u007fé\",\"bytes\":\"AP8=\","
            + "\"time\":\"2026-10-10T01:02:03Z\",\"nanos\":\"2026-10-10T01:02:03.000000005Z\",\"again\":\"2026-10-10T01:02:03Z\",\"list\":[1, 2]}",
            bench.Single);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void An_event_from_a_document_of_several_lines_is_one_line(string end)
    {
        var text = string.Join(end, "{", "  \"list\": [", "    1,", "    {\"a\": \"x\\ny\"}", "  ],", "  \"object\": {", "    \"b\":", "    [true]", "  },", "  \"n\": 2", "}");
        var line = new Bench().Add(text).Run(new CloudPump.Parsers.Json()).Single;
        Assert.Equal(-1, line.AsSpan().IndexOfAny('\n', '\r'));
        Assert.Equal("""{"list":[1,{"a":"x\ny"}],"object":{"b":[true]},"n":2}""", JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(line)));
    }

    [Fact]
    public void Every_double_reads_back_as_itself()
    {
        var random = new Random(3);
        var output = new ByteBuffer();
        for (var i = 0; i < 50_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                output.Clear();
                EventJsonWriter.WriteDouble(output, value);
                Assert.Equal(value, JsonSerializer.Deserialize<double>(output.Written));
            }
        }
    }

    [Fact]
    public void Every_text_reads_back_as_itself()
    {
        var random = new Random(4);
        var output = new ByteBuffer(1);
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => RandomJson.Word(random) + (char)random.Next(0x80)));
            output.Clear();
            JsonText.WriteString(output, Encoding.UTF8.GetBytes(text));
            Assert.Equal(text, JsonSerializer.Deserialize<string>(output.Written));
        }
    }
}
