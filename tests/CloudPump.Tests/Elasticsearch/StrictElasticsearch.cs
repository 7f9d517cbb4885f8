using System.Text.Json.Nodes;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>
/// A stand-in for the `_bulk` endpoint that is as strict as the real one. The numbers are those of the facts that it was built from: 1 address, 2 NDJSON, 3 content
/// type, 4 to 8 actions, 9 size, 10 empty actions, 11 to 15 answers, 16 busy items and requests, 18 connections that die after the work is done.
/// </summary>
internal sealed class StrictElasticsearch
{
    private static readonly string[] Types = ["application/x-ndjson", "application/json", "application/vnd.elasticsearch+x-ndjson", "application/vnd.elasticsearch+json"];

    public StrictIndices Indices { get; } = new();

    /// <summary>Fact 9: 100 MB unless configured otherwise.</summary>
    public int MaxBytes { get; set; } = 100 << 20;

    /// <summary>The Authorization header that is right; null takes all.</summary>
    public string? Authorization { get; set; }

    /// <summary>What befalls the requests, by number from 0.</summary>
    public Func<int, StrictFault> Fault { get; set; } = _ => StrictFault.None;

    /// <summary>What befalls single items.</summary>
    public Func<StrictItem, StrictRefusal?> ItemFault { get; set; } = _ => null;

    public string? RetryAfter { get; set; }

    /// <summary>The ids of every request that was well-formed, in order, whatever became of it.</summary>
    public List<string?[]> Requests { get; } = [];

    public List<byte[]> Bodies { get; } = [];

    public int Refused { get; private set; }

    public StrictAnswer Handle(string method, string path, string query, string? contentType, string? authorization, byte[] body)
    {
        try
        {
            return Answer(method, path, query, contentType, authorization, body);
        }
        catch (StrictException e)
        {
            Refused++;
            return e.Answer;
        }
    }

    private StrictAnswer Answer(string method, string path, string query, string? contentType, string? authorization, byte[] body)
    {
        if (Authorization is not null && authorization != Authorization)
        {
            throw new StrictException(401, "security_exception", $"unable to authenticate with provided credentials [{authorization}]");
        }

        var parts = path.Trim('/').Split('/');
        if (parts[^1] != "_bulk" || parts.Length > 2 || method is not ("POST" or "PUT"))
        {
            throw new StrictException(405, "method_not_allowed", $"Incorrect HTTP method for uri [{path}] and method [{method}]");
        }

        var type = contentType?.Split(';')[0].Trim();
        if (!Types.Contains(type, StringComparer.Ordinal))
        {
            throw new StrictException(406, "media_type_header_exception", $"Content-Type header [{contentType}] is not supported");
        }

        if (body.Length > MaxBytes)
        {
            Refused++;
            return new StrictAnswer(413, "");
        }

        Bodies.Add(body);
        var items = StrictItem.ReadAll(body);
        Requests.Add([.. items.Select(i => i.Id)]);
        if (items.Find(i => i.Id?.Length > 512) is { } tooLong)
        {
            throw new StrictException(400, "action_request_validation_exception", $"Validation Failed: 1: id [{tooLong.Id}] is too long, must be no longer than 512 bytes");
        }

        var pathIndex = parts.Length == 2 ? parts[0] : null;
        items.ForEach(i => i.Index(pathIndex));
        return Run(items, pathIndex, query);
    }

    private StrictAnswer Run(List<StrictItem> items, string? pathIndex, string query)
    {
        var fault = Fault(Requests.Count - 1);
        if (fault is StrictFault.Busy or StrictFault.Unavailable or StrictFault.DiesBefore)
        {
            return StrictAnswer.Error(fault == StrictFault.Busy ? 429 : 503, "es_rejected_execution_exception", "busy", RetryAfter) with { Dies = fault == StrictFault.DiesBefore };
        }

        var results = new JsonArray();
        foreach (var item in items)
        {
            var result = ItemFault(item)?.ToJson(item.Index(pathIndex), item.Id) ?? Indices.Apply(item, pathIndex);
            results.Add(new JsonObject { [item.Key] = result });
        }

        var answer = new JsonObject { ["took"] = 1, ["errors"] = results.Any(r => r![r.AsObject().First().Key]!["error"] is not null), ["items"] = results };
        var text = StrictFilter.Apply(answer, query).ToJsonString();
        return new StrictAnswer(200, fault == StrictFault.CutsAnswer ? text[..(text.Length / 2)] : text, RetryAfter, fault == StrictFault.DiesAfter);
    }
}
