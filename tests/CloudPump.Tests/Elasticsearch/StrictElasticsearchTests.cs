using System.Text;
using System.Text.Json.Nodes;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>The stand-in keeps to the facts it was built from.</summary>
public sealed class StrictElasticsearchTests
{
    private const string Create = "{\"create\":{\"_index\":\"a\",\"_id\":\"1\"}}\n{\"n\":1}\n";
    private readonly StrictElasticsearch _elastic = new();

    [Theory]
    [InlineData("POST", "/_bulk", "application/x-ndjson", 200)]
    [InlineData("PUT", "/b/_bulk", "application/json; charset=utf-8", 200)]
    [InlineData("GET", "/_bulk", "application/x-ndjson", 405)]
    [InlineData("POST", "/a/b/_bulk", "application/x-ndjson", 405)]
    [InlineData("POST", "/_bulk", "text/plain", 406)]
    [InlineData("POST", "/_bulk", null, 406)]
    public void Facts_1_and_3_address_and_content_type(string method, string path, string? type, int status) =>
        Assert.Equal(status, _elastic.Handle(method, path, "", type, null, Encoding.UTF8.GetBytes(Create)).Status);

    [Theory]
    [InlineData("{\"create\":{\"_index\":\"a\"}}\n{\"n\":1}")]
    [InlineData("{\"create\":{\"_index\":\"a\"}}\n")]
    [InlineData("{\"create\":{\"_index\":\"a\"}}\n{\n\"n\":1}\n")]
    [InlineData("{\"create\":{\"_index\":\"a\",\"_version\":1}}\n{}\n")]
    [InlineData("{\"create\":{\"_index\":\"a\",\"_routing\":\"x\"}}\n{}\n")]
    [InlineData("{\"create\":{\"_index\":\"a\",\"retry_on_conflict\":1}}\n{}\n")]
    [InlineData("{\"put\":{\"_index\":\"a\"}}\n{}\n")]
    [InlineData("{\"create\":{}}\n{}\n")]
    [InlineData("{}\n{}\n")]
    [InlineData("\n")]
    [InlineData("")]
    public void Facts_2_4_6_7_and_10_a_wrong_line_fails_the_whole_request(string body)
    {
        var answer = Send(Create + body, out _);
        Assert.Equal(body.Length == 0 ? 200 : 400, answer.Status);
        Assert.Equal(body.Length == 0 ? 1 : 0, _elastic.Indices.Documents.Count());
    }

    [Fact]
    public void Fact_10_names_the_line() =>
        Assert.Contains("Malformed action/metadata line [3], expected FIELD_NAME but found [END_OBJECT]", Send(Create + "{}\n{}\n", out _).Body, StringComparison.Ordinal);

    [Fact]
    public void Facts_4_8_14_and_19_actions_and_their_results()
    {
        Send(Create + "{\"index\":{\"_index\":\"a\",\"op_type\":\"create\"}}\r\n{\"n\":2}\r\n{\"index\":{\"_index\":\"a\",\"_id\":\"1\"}}\n{\"n\":3}\n"
            + "{\"update\":{\"_index\":\"a\",\"_id\":\"1\"}}\n{\"doc\":{\"n\":3}}\n{\"update\":{\"_index\":\"a\",\"_id\":\"1\"}}\n{\"doc\":{\"n\":4}}\n"
            + "{\"delete\":{\"_index\":\"a\",\"_id\":\"1\"}}\n{\"delete\":{\"_index\":\"a\",\"_id\":\"1\"}}\n", out var items);
        Assert.Equal(
            ["create 201 created", "create 201 created", "index 200 updated", "update 200 noop", "update 200 updated", "delete 200 deleted", "delete 404 not_found"],
            items.Select(i => $"{i!.AsObject().First().Key} {Result(i)["status"]} {Result(i)["result"]}"));
        Assert.Equal("generated-1", (string?)Result(items[1]!)["_id"]);
        Assert.Equal([1, 1, 2, 2, 3], items.Take(5).Select(i => (int)Result(i!)["_version"]!));
    }

    [Theory]
    [InlineData("{\"create\":{\"_index\":\"a\",\"_id\":\"\"}}\n{}\n", 400, "illegal_argument_exception")]
    [InlineData("{\"create\":{\"_index\":\"a\",\"pipeline\":\"none\"}}\n{}\n", 400, "illegal_argument_exception")]
    [InlineData("{\"create\":{\"_index\":\"alias\"}}\n{}\n", 400, "illegal_argument_exception")]
    [InlineData("{\"index\":{\"_index\":\"stream\"}}\n{}\n", 400, "illegal_argument_exception")]
    [InlineData("{\"create\":{\"_index\":\"a\"}}\n{\"long\":\"text\"}\n", 400, "document_parsing_exception")]
    [InlineData("{\"create\":{\"_index\":\"a\"}}\n{\"long\":\n", 400, "document_parsing_exception")]
    [InlineData("{\"create\":{\"_index\":\"new\",\"require_alias\":true}}\n{}\n", 404, "index_not_found_exception")]
    [InlineData("{\"update\":{\"_index\":\"a\",\"_id\":\"x\"}}\n{\"doc\":{}}\n", 404, "document_missing_exception")]
    [InlineData("{\"create\":{\"_index\":\"a\",\"_id\":\"0\"}}\n{}\n", 409, "version_conflict_engine_exception")]
    [InlineData("{\"index\":{\"_index\":\"a\",\"_id\":\"0\",\"if_seq_no\":7,\"if_primary_term\":1}}\n{}\n", 409, "version_conflict_engine_exception")]
    [InlineData("{\"create\":{\"_index\":\"a\",\"_id\":\"busy\"}}\n{}\n", 429, "es_rejected_execution_exception")]
    public void Facts_12_13_15_and_the_table_an_item_fails_alone(string body, int status, string type)
    {
        _elastic.Indices.Longs.Add("long");
        _elastic.Indices.AliasesWithoutWriteIndex.Add("alias");
        _elastic.Indices.DataStreams.Add("stream");
        _elastic.ItemFault = i => i.Id == "busy" ? StrictRefusal.Busy : null;
        Send("{\"create\":{\"_index\":\"a\",\"_id\":\"0\"}}\n{}\n", out _);
        var answer = Send(Create + body + "{\"create\":{\"_index\":\"a\",\"_id\":\"2\"}}\n{}\n", out var items);
        Assert.Equal((200, true, "201", "201"), (answer.Status, (bool)JsonNode.Parse(answer.Body)!["errors"]!, Result(items[0]!)["status"]!.ToString(), Result(items[2]!)["status"]!.ToString()));
        var failed = Result(items[1]!);
        Assert.Equal((status, type, true), ((int)failed["status"]!, (string)failed["error"]!["type"]!, failed["result"] is null && failed["_version"] is null));
        Assert.False(_elastic.Indices.All.ContainsKey("new"));
    }

    [Fact]
    public void Fact_9_and_authorization_and_the_filter()
    {
        var answer = _elastic.Handle("POST", "/_bulk", "?filter_path=errors,items.*.status", "application/json", null, Encoding.UTF8.GetBytes(Create));
        Assert.Equal("{\"errors\":false,\"items\":[{\"create\":{\"status\":201}}]}", answer.Body);
        _elastic.MaxBytes = Create.Length - 1;
        Assert.Equal(413, Send(Create, out _).Status);
        _elastic.Authorization = "ApiKey a";
        Assert.Equal(401, Send(Create, out _).Status);
    }

    private StrictAnswer Send(string body, out JsonArray items)
    {
        var answer = _elastic.Handle("POST", "/_bulk", "", "application/x-ndjson", null, Encoding.UTF8.GetBytes(body));
        items = answer.Status == 200 ? JsonNode.Parse(answer.Body)!["items"]!.AsArray() : [];
        return answer;
    }

    private static JsonObject Result(JsonNode item) => item.AsObject().First().Value!.AsObject();
}
