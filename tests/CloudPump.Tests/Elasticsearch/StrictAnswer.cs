using System.Text.Json.Nodes;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>An answer of the stand-in.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="RetryAfter">The header Retry-After.</param>
/// <param name="Dies">The connection dies instead of the answer.</param>
internal sealed record StrictAnswer(int Status, string Body, string? RetryAfter = null, bool Dies = false)
{
    public static StrictAnswer Error(int status, string type, string reason, string? retryAfter = null)
    {
        var error = new JsonObject { ["root_cause"] = new JsonArray(Cause(type, reason)), ["type"] = type, ["reason"] = reason };
        return new StrictAnswer(status, new JsonObject { ["error"] = error, ["status"] = status }.ToJsonString(), retryAfter);
    }

    private static JsonObject Cause(string type, string reason) => new() { ["type"] = type, ["reason"] = reason };
}
