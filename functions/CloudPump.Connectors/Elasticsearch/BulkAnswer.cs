namespace CloudPump.Connectors.Elasticsearch;

/// <summary>What came back for a body.</summary>
/// <param name="Status">The HTTP status; 0 when no answer came.</param>
/// <param name="Body">The answer's body; valid until the transport's next send.</param>
/// <param name="RetryAfter">How long the server asks to wait, if it says so.</param>
/// <param name="Fault">Why no answer came, as the end of a sentence that begins with the address; it holds no secrets.</param>
public readonly record struct BulkAnswer(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter = null, string? Fault = null)
{
    /// <summary>No answer came.</summary>
    public static BulkAnswer None(string fault) => new(0, default, null, fault);

    /// <summary>Whether the same may pass later: the server is busy, failing, or out of reach.</summary>
    public bool MayPass => Status is 0 or 408 or 429 or >= 500;
}
