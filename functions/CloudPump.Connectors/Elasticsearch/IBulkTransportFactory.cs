namespace CloudPump.Connectors.Elasticsearch;

/// <summary>Makes the transport of a sink. A host that has a client of its own for Elasticsearch supplies one.</summary>
public interface IBulkTransportFactory
{
    /// <summary>The path below the cluster's address. The filter leaves out what a sink does not read: a tenth of the answer remains.</summary>
    public const string Path = "_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason";

    /// <summary>Makes a transport for a connection.</summary>
    IBulkTransport Create(ElasticsearchConnection connection, TimeProvider time);
}
