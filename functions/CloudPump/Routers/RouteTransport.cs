namespace CloudPump.Routers;

/// <summary>How routed events travel.</summary>
public enum RouteTransport
{
    /// <summary>Over a topic.</summary>
    Topic,

    /// <summary>Over a stream, which keeps their order.</summary>
    Stream,
}
