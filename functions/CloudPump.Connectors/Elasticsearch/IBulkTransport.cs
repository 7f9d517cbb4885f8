namespace CloudPump.Connectors.Elasticsearch;

/// <summary>Carries bodies to the `_bulk` endpoint of one cluster, once each: it never tries again by itself. Used by one sink at a time.</summary>
public interface IBulkTransport : IDisposable
{
    /// <summary>Sends a body (NDJSON) and gives back what came; it throws only when it is cancelled.</summary>
    ValueTask<BulkAnswer> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
