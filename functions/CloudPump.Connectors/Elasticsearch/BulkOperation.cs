namespace CloudPump.Connectors.Elasticsearch;

/// <summary>What becomes of a document whose id the index has already.</summary>
public enum BulkOperation
{
    /// <summary>The first stays: an event delivered twice is stored once. Data streams take nothing else.</summary>
    Create,

    /// <summary>The last one replaces it.</summary>
    Index,
}
