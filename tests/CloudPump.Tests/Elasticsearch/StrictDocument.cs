using System.Text.Json.Nodes;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>A document in an index.</summary>
internal sealed record StrictDocument(string Id, JsonObject Source, int Version, long SeqNo);
