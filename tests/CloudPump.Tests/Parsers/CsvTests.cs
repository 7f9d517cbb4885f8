using System.Text;
using System.Text.Json.Nodes;
using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Parsers;

public sealed class CsvTests
{
    public static TheoryData<string> Spectrum => ["comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates", "newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8"];

    [Theory]
    [MemberData(nameof(Spectrum))]
    public void Passes_csv_spectrum(string name)
    {
        var document = File.ReadAllBytes(TestData.Require($"csv/csv-spectrum/csvs/{name}.csv"));
        // In the suite itself one phone number was made unrecognizable in the JSON alone.
        var json = JsonNode.Parse(File.ReadAllText(TestData.Require($"csv/csv-spectrum/json/{name}.json")).Replace("1234567890", "2095257564", StringComparison.Ordinal));
        var expected = (json is JsonArray many ? many.ToList() : [json]).Select(n => n!.ToJsonString());
        Assert.Equal(expected, new Bench().AddBytes(document).Run(new CloudPump.Generators.Csv()).Events.Select(e => JsonNode.Parse(e)!.ToJsonString()));
        Assert.Equal(expected, new Bench().AddBytes(document).Parse(new CloudPump.Parsers.Csv()).Events.Select(e => JsonNode.Parse(e)!.ToJsonString()));
    }

    [Theory]
    [InlineData("csv/us-airports.csv", 3376)]
    [InlineData("csv/us-zipcodes.csv", 42049)]
    [InlineData("csv/seattle-weather.csv", 1461)]
    [InlineData("fraud/aws-registration-20k.csv", 20000)]
    public void Real_files_give_all_their_records(string file, int records)
    {
        var bench = new Bench().AddBytes(File.ReadAllBytes(TestData.Require(file))).Parse(new CloudPump.Parsers.Csv());
        Assert.Empty(bench.Batch.Failures);
        Assert.Equal(records, bench.Batch.Rows.Length);
    }

    [Theory]
    [InlineData("1,2", """{"a":"1","b":"2"}""")]
    [InlineData("1,2\r\n", """{"a":"1","b":"2"}""")]
    [InlineData("\n1,\"x \"\"y\"\", z\"\n", """{"a":"1","b":"x \"y\", z"}""")]
    [InlineData(",", """{"a":"","b":""}""")]
    [InlineData("a\rb,\"\"\r", """{"a":"a\rb","b":""}""")]
    [InlineData("5' 6\",x\"y", """{"a":"5' 6\"","b":"x\"y"}""")]
    public void A_record_with_named_columns(string line, string expected) =>
        Assert.Equal(expected, new Bench().Add(line).Parse(Named("a", "b")).Single);

    [Theory]
    [InlineData("1", "The record has 1 fields, and there are 2 columns.")]
    [InlineData("1,2,3", "The record has 3 fields, and there are 2 columns.")]
    [InlineData("", "The event is empty, so it has no record.")]
    [InlineData("1,2\n3,4", "The event has more than one record; with 'document: true' each becomes an event.")]
    [InlineData("1,\"2", "The quote that opens before byte 3 of the record is never closed.")]
    [InlineData("\"1\" ,2", "At byte 3 of the record text follows a closing quote.")]
    public void What_is_wrong_is_told(string line, string reason) => Assert.Equal(reason, new Bench().Add(line).Parse(Named("a", "b")).Reason);

    [Fact]
    public void Types_are_converted_and_what_is_none_is_a_dead_letter()
    {
        var csv = Named("i", "d", "b", "t", "s");
        csv.Text.Types = new NamedList<FieldType> { { "i", FieldType.Int }, { "d", FieldType.Double }, { "b", FieldType.Bool }, { "t", FieldType.Timestamp } };
        var bench = new Bench().Add("007, 1.50 ,yes,2026-10-10T00:00:00+02:00,5", ",,,,", "1.5,,,,").Parse(csv);
        Assert.Equal(["""{"i":7,"d":1.5,"b":true,"t":"2026-10-09T22:00:00Z","s":"5"}""", """{"i":null,"d":null,"b":null,"t":null,"s":""}"""], bench.Events);
        Assert.Equal("Field 1 of the record, 'i', is no int.", bench.Reason);
    }

    [Fact]
    public void Inferred_numbers_keep_their_digits_and_quoted_ones_stay_text()
    {
        var csv = Named("a", "b", "c", "d", "e");
        csv.Text.Infer = true;
        Assert.Equal("""{"a":1.50,"b":"1","c":"007","e":true}""", new Bench().Add("1.50,\"1\",007,,true").Parse(csv).Single);
    }

    [Fact]
    public void A_wrong_record_of_a_document_is_a_dead_letter_that_can_be_replayed_alone()
    {
        var bench = new Bench().Add("a,b\n1,2\n3\n4,\"5\" x\n6,7\n").Parse(new CloudPump.Parsers.Csv());
        Assert.Equal(["""{"a":"1","b":"2"}""", """{"a":"6","b":"7"}"""], bench.Events);
        Assert.Equal(["Record 2 of the document: The record has 1 fields, and there are 2 columns.", "Record 3 of the document: At byte 5 of the record text follows a closing quote."], bench.Batch.Failures.Select(f => f.Reason));
        var letter = Encoding.UTF8.GetString(bench.Batch.Raw(bench.Batch.Failures[0].Row));
        Assert.Equal("a,b\n3\n", letter);
        Assert.Equal("""{"a":"3","b":"x"}""", new Bench().Add(letter.Replace("3", "3,x", StringComparison.Ordinal)).Parse(new CloudPump.Parsers.Csv()).Single);
    }

    [Theory]
    [InlineData("a,a\n1,2", "Columns 1 and 2 of the header have the same name.")]
    [InlineData("a,\"b\n1,2", "The header: The quote that opens before byte 3 of the record is never closed.")]
    public void A_wrong_header_makes_the_whole_document_a_dead_letter(string document, string reason)
    {
        var bench = new Bench().Add(document).Parse(new CloudPump.Parsers.Csv());
        Assert.Equal(reason, bench.Reason);
        Assert.Empty(bench.Events);
    }

    [Fact]
    public void A_field_is_a_document_too()
    {
        var bench = new Bench().Add("""{"h":1,"csv":"a;b\n1;2\n3\n"}""").Run(new CloudPump.Parsers.Json(), Field());
        Assert.Equal("""{"h":1,"a":"1","b":"2"}""", bench.Single);
        Assert.Equal("Record 2 of the document: The record has 1 fields, and there are 2 columns.", bench.Reason);
        Assert.Equal("The field 'csv' holds no text.", new Bench().Add("""{"csv":1}""").Run(new CloudPump.Parsers.Json(), Field()).Reason);

        static CloudPump.Generators.Csv Field()
        {
            var csv = new CloudPump.Generators.Csv { Field = "csv" };
            csv.Text.Delimiter = ";";
            return csv;
        }
    }

    [Fact]
    public void A_byte_order_mark_and_a_tab_are_known()
    {
        var csv = new CloudPump.Parsers.Csv();
        csv.Text.Delimiter = "tab";
        Assert.Equal("""{"a":"1","b":"2"}""", new Bench().Add("\uFEFFa\tb\n1\t2").Parse(csv).Single);
    }

    [Fact]
    public void Whatever_a_document_holds_nothing_breaks()
    {
        string[] tokens = ["\"", "\"\"", ",", "\n", "\r\n", "\r", "\uFEFF", "\0", "1e9", "é"];
        ProcessorFuzz.Run(new CloudPump.Parsers.Csv(), ["a,b\n1,2\n3,4\n", "a,\"b\r\nc\"\r\n\"x\"\"y\",z\r\n", "a\n\n1\n"], tokens, 1);
        var typed = Named("a", "b");
        typed.Text.Types = new NamedList<FieldType> { { "a", FieldType.Double }, { "b", FieldType.Timestamp } };
        ProcessorFuzz.Run(typed, ["1,2026-10-10T00:00:00Z", "-1.5e3,\"\""], tokens, 2);
    }

    [Fact]
    public void A_document_of_a_known_header_allocates_nothing_per_record()
    {
        var document = Encoding.UTF8.GetBytes("id,name,n\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i},\"n \"\"{i}\"\"\",{i}.5\n")));
        Assert.InRange(ParserMemory.Of(new CloudPump.Parsers.Csv(), document), 0, 500);
    }

    private static CloudPump.Parsers.Csv Named(params string[] columns)
    {
        var csv = new CloudPump.Parsers.Csv();
        csv.Text.Columns = [.. columns];
        return csv;
    }
}
