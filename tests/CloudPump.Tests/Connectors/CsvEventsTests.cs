using System.Text;
using CloudPump.Connectors.Files;
using CloudPump.Events;

namespace CloudPump.Tests.Connectors;

public sealed class CsvEventsTests
{
    [Theory]
    [InlineData("""{"a":"x","b":1.50,"c":true}""", "a,b,c\nx,1.50,true\n")]
    [InlineData("""{"a":"x,y","b":"say \"hi\"","c":"two\nlines","d":"r\r"}""", "a,b,c,d\n\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\",\"r\r\"\n")]
    [InlineData("""{"a":null,"b":"","c":[1,2],"d":{"e":"f"}}""", "a,b,c,d\n,,\"[1,2]\",\"{\"\"e\"\":\"\"f\"\"}\"\n")]
    [InlineData("""{"a,b":1,"\"":2}""", "\"a,b\",\"\"\"\"\n1,2\n")]
    [InlineData("""{"a":""}""", "a\n\"\"\n")]
    public void The_first_event_gives_the_columns(string json, string expected) => Assert.Equal(expected, Write(new CsvEvents([]), json).Text);

    [Fact]
    public void Given_columns_have_their_order_and_missing_fields_are_empty() =>
        Assert.Equal("b,a\n2,1\n,3\n4,\n", Write(new CsvEvents(["b", "a"]), """{"a":1,"b":2}""", """{"a":3}""", """{"b":4}""").Text);

    [Fact]
    public void An_event_with_another_field_is_a_dead_letter()
    {
        var (text, batch) = Write(new CsvEvents([]), """{"a":1}""", """{"a":2,"secret":3}""", """{"a":4}""");
        Assert.Equal("a\n1\n4\n", text);
        Assert.Contains("'secret' is no column", Assert.Single(batch.Failures).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_no_parser_touched_is_a_dead_letter_and_fixes_no_columns()
    {
        var bench = new Bench().Add("raw");
        var output = new ByteBuffer();
        var csv = new CsvEvents([]);
        csv.Write(output, bench.Batch, 0);
        Assert.Contains("parse it before", bench.Reason, StringComparison.Ordinal);
        bench.Add("""{"a":1}""");
        bench.Batch.Compact();
        bench.Parse(new CloudPump.Parsers.Json());
        csv.Write(output, bench.Batch, 1);
        Assert.Equal("a\n1\n", Encoding.UTF8.GetString(output.Written));
    }

    [Fact]
    public void Times_bytes_and_special_numbers_are_plain_text()
    {
        var bench = new Bench();
        var row = bench.Batch.Add(new EventHeader { RawLength = -1 });
        bench.Batch.SetTimestamp(row, bench.Context.Fields.Id("t"), 0);
        bench.Batch.SetText(row, bench.Context.Fields.Id("b"), FieldKind.Bytes, [1, 2]);
        bench.Batch.SetDouble(row, bench.Context.Fields.Id("n"), double.NaN);
        var output = new ByteBuffer();
        new CsvEvents([]).Write(output, bench.Batch, row);
        Assert.Equal("t,b,n\n0001-01-01T00:00:00Z,AQI=,NaN\n", Encoding.UTF8.GetString(output.Written));
    }

    [Fact]
    public void A_file_that_is_gone_on_with_keeps_its_columns()
    {
        var csv = new CsvEvents(["a", "b"]);
        csv.Continue("b,\"x \"\"y\"\", z\",a");
        Assert.Equal("2,3,1\n", Write(csv, """{"a":1,"b":2,"x \"y\", z":3}""").Text);
    }

    [Fact]
    public void A_header_that_was_written_is_read_back()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var columns = Enumerable.Range(0, random.Next(1, 5)).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => "a\", "[random.Next(4)])])).ToList();
            var output = new ByteBuffer();
            var bench = new Bench().Add("{}").Parse(new CloudPump.Parsers.Json());
            new CsvEvents(columns).Write(output, bench.Batch, 0);
            Assert.Equal(columns, CsvHeader.Split(Encoding.UTF8.GetString(output.Written).Split('\n')[0]));
        }
    }

    private static (string Text, EventBatch Batch) Write(CsvEvents csv, params string[] events)
    {
        var bench = new Bench().Add(events).Parse(new CloudPump.Parsers.Json());
        var output = new ByteBuffer();
        foreach (var row in bench.Batch.Rows)
        {
            csv.Write(output, bench.Batch, row);
        }

        return (Encoding.UTF8.GetString(output.Written), bench.Batch);
    }
}
