using System.Text.Json.Nodes;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>Why one item fails (fact 15).</summary>
internal sealed record StrictRefusal(int Status, string Type, string Reason)
{
    public static StrictRefusal Busy { get; } = new(429, "es_rejected_execution_exception", "rejected execution of coordinating operation [primary_bytes=0]");

    public static StrictRefusal Illegal(string reason) => new(400, "illegal_argument_exception", reason);

    public JsonObject ToJson(string index, string? id) => new()
    {
        ["_index"] = index,
        ["_id"] = id,
        ["status"] = Status,
        ["error"] = new JsonObject { ["type"] = Type, ["reason"] = Reason, ["index"] = index, ["caused_by"] = new JsonObject { ["type"] = "a", ["reason"] = Reason } },
    };
}
