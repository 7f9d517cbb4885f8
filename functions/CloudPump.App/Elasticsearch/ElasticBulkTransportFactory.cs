using CloudPump.Connectors.Elasticsearch;
using Elastic.Clients.Elasticsearch;
using Elastic.Transport;

namespace CloudPump.App.Elasticsearch;

/// <summary>Makes transports over the Elasticsearch client of the vendor.</summary>
public sealed class ElasticBulkTransportFactory : IBulkTransportFactory
{
    /// <inheritdoc/>
    public IBulkTransport Create(ElasticsearchConnection connection, TimeProvider time)
    {
        // The sink itself tries again, and says what went wrong: the client is to do neither.
        var settings = new ElasticsearchClientSettings(new Uri(connection.Place))
            .RequestTimeout(connection.Timeout)
            .MaximumRetries(0)
            .ThrowExceptions(false)
            .DisablePing()
            .DisableAuditTrail();
        var authorization = Authorization(connection);
        return new ElasticBulkTransport(new ElasticsearchClient(authorization is null ? settings : settings.Authentication(authorization)).Transport, time);
    }

    private static AuthorizationHeader? Authorization(ElasticsearchConnection connection) => connection switch
    {
        { ApiKey: { } key } => new ApiKey(key),
        { User: { } user, Password: { } password } => new BasicAuthentication(user, password),
        _ => null,
    };
}
