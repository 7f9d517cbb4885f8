namespace CloudPump.Lookups;

/// <summary>How a lookup's records are written.</summary>
public enum LookupFormat
{
    /// <summary>Delimited text with a header (RFC 4180).</summary>
    Csv,

    /// <summary>A list of objects, objects one after another (NDJSON), or one object of keys and values.</summary>
    Json,
}
