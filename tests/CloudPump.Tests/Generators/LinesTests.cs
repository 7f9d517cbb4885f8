using CloudPump.Events;
using CloudPump.Generators;
using CloudPump.Tests.Fuzzing;
using CloudPump.Transformers;

namespace CloudPump.Tests.Generators;

public sealed class LinesTests
{
    [Theory]
    [InlineData("a\nb\r\nc", "a|b|c")]
    [InlineData("a\n\n\r\nb\n", "a|b")]
    [InlineData("\n", "")]
    [InlineData("", "")]
    [InlineData("one", "one")]
    [InlineData("a\rb\n", "a\\rb")]
    public void A_document_becomes_one_event_per_line_that_a_parser_can_read(string document, string lines)
    {
        var bench = new Bench().Add(document).Run(new Lines());
        Assert.Equal(lines, string.Join('|', bench.Events.Select(e => e["{\"message\":\"".Length..^2])));
    }

    [Fact]
    public void Lines_stand_where_their_document_stood_and_have_ids_of_their_own()
    {
        var bench = new Bench().Add("a\nb", "c", "d\ne").Run(new Lines());
        Assert.Equal(["a", "b", "c", "d", "e"], bench.Batch.Rows.ToArray().Select(r => System.Text.Encoding.UTF8.GetString(bench.Batch.Raw(r))));
        Assert.Equal([0L, 0, 1, 2, 2], bench.Batch.Rows.ToArray().Select(r => bench.Batch.Header(r).Offset));
        Assert.Equal(5, bench.Batch.Rows.ToArray().Select(bench.Batch.Id).Distinct().Count());
        Assert.Equal(3, bench.Batch.Removed(Removal.Replaced));
    }

    [Fact]
    public void A_field_is_split_and_the_other_fields_are_kept()
    {
        var bench = new Bench().Add("""{"h":1,"o":{"log":"x\ny\n"}}""", """{"h":2}""", """{"h":3,"o":{"log":null}}""", """{"h":4,"o":{"log":5}}""")
            .Run(new CloudPump.Parsers.Json(), new Lines { Field = "o.log", Target = "line" }, new Set { Fields = { { "n", "h + 1" } } });
        Assert.Equal(
            ["""{"h":1,"o":{},"line":"x","n":2}""", """{"h":1,"o":{},"line":"y","n":2}""", """{"h":2,"n":3}""", """{"h":3,"o":{"log":null},"n":4}"""], bench.Events);
        Assert.Equal("The field 'o.log' is no text that could be split into lines.", bench.Reason);
    }

    [Fact]
    public void Whatever_a_document_holds_it_is_split() => ProcessorFuzz.Run(new Lines(), ["a\nb\r\n", "\n\n"], ["\n", "\r\n", "\r"], 1);
}
