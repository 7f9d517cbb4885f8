namespace CloudPump.Connectors.Files;

/// <summary>How a file sink writes events.</summary>
public enum FileFormat
{
    /// <summary>One JSON object per line.</summary>
    Ndjson,

    /// <summary>Comma-separated values (RFC 4180) with a header.</summary>
    Csv,
}
