namespace CloudPump.Connectors.Elasticsearch;

/// <summary>What became of one document of a request.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Refusal">Why Elasticsearch refuses it for good, without values of the document; null when it does not.</param>
internal readonly record struct BulkItem(int Status, string? Refusal)
{
    /// <summary>Whether the same document may pass later.</summary>
    public bool MayPass => Status is 429 or >= 500;

    /// <summary>Whether it is the connection that may not write here, so that any document would meet the same.</summary>
    public bool IsForbidden => Status is 401 or 403;
}
