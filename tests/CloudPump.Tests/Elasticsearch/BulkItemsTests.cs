using System.Text;
using CloudPump.Connectors.Elasticsearch;

namespace CloudPump.Tests.Elasticsearch;

public sealed class BulkItemsTests
{
    [Fact]
    public void Reads_whole_answers_too_and_errors_that_come_before_the_status()
    {
        const string Answer = """
            {"took":3,"ingest_took":1,"errors":true,"items":[
              {"create":{"_index":"a","_id":"1","_version":1,"_shards":{"status":500,"total":[2]},"status":201}},
              {"create":{"error":{"root":{"type":"x"},"type":"some_exception","reason":"failed to parse field [a.b] of type [date] in document with id '1'"},"status":400}},
              {"create":{"error":"an old text","status":429}},
              {"create":{"status":409,"error":{"type":"version_conflict_engine_exception"}}}
            ],"more":{}}
            """;
        var items = new List<BulkItem>();
        Assert.True(BulkItems.TryRead(Encoding.UTF8.GetBytes(Answer), 4, create: true, items));
        Assert.Equal([201, 400, 429, 409], items.Select(i => i.Status));
        Assert.Equal([null, "Elasticsearch answered 400 (some_exception) for this document: the field 'a.b' cannot be read as date.", null, null], items.Select(i => i.Refusal));
    }

    [Theory]
    [InlineData("{\"items\":[{\"create\":{\"status\":201}}]}", true)]
    [InlineData("{\"items\":[{\"create\":{\"status\":201}},{\"create\":{\"status\":201}}]}", false)]
    [InlineData("{\"items\":[]}", false)]
    [InlineData("{\"items\":[{\"create\":{\"status\":201}}]", false)]
    [InlineData("{\"items\":[{\"create\":{\"status\":\"201\"}}]}", false)]
    [InlineData("{\"items\":[{\"create\":{\"status\":302}}]}", false)]
    [InlineData("{\"items\":[{\"create\":{}}]}", false)]
    [InlineData("{\"items\":[{\"create\":{\"status\":201},\"x\":{}}]}", false)]
    [InlineData("{\"items\":[201]}", false)]
    [InlineData("{\"items\":{}}", false)]
    [InlineData("{\"errors\":false}", false)]
    [InlineData("[]", false)]
    [InlineData("<html>", false)]
    [InlineData("", false)]
    public void Takes_only_an_answer_with_the_result_of_every_document(string answer, bool taken) =>
        Assert.Equal(taken, BulkItems.TryRead(Encoding.UTF8.GetBytes(answer), 1, create: true, []));

    [Theory]
    [InlineData("[1:1] failed to parse field [a] of type [long] in", ": the field 'a' cannot be read as long")]
    [InlineData("failed to parse field [a] of type [long]", ": the field 'a' cannot be read as long")]
    [InlineData("the value 'failed to parse field [a] of type [long]'", "")]
    [InlineData("[secret] failed to parse field [a] of type [long]", "")]
    [InlineData("failed to parse field [a", "")]
    [InlineData("failed to parse field [a'b] of type [long]", "")]
    [InlineData("failed to parse field [] of type [long]", "")]
    [InlineData("", "")]
    public void Of_a_reason_only_the_field_at_its_beginning_is_shown(string reason, string shown) =>
        Assert.Equal($"Elasticsearch answered 400 (x) for this document{shown}.", Refusal.Text(400, "x"u8, Encoding.UTF8.GetBytes(reason)));

    [Theory]
    [InlineData("{\"error\":{\"root_cause\":[{\"type\":\"no\"}],\"type\":\"a_b\"},\"status\":400}", " (a_b)")]
    [InlineData("{\"error\":{\"type\":\"Some Secret\"}}", " (unknown error)")]
    [InlineData("{\"error\":\"text\"}", " (unknown error)")]
    [InlineData("{\"status\":400}", "")]
    [InlineData("{\"error\":{\"type\":", "")]
    [InlineData("<html>", "")]
    [InlineData("", "")]
    public void Of_a_whole_request_the_type_of_the_error_is_shown(string body, string shown) => Assert.Equal(shown, BulkError.OfRequest(Encoding.UTF8.GetBytes(body)));
}
