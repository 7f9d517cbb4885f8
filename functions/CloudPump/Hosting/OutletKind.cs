namespace CloudPump.Hosting;

/// <summary>How events travel to where they are sent.</summary>
public enum OutletKind
{
    /// <summary>Over the topic of routes, to the subscription of the pipeline named.</summary>
    Topic,

    /// <summary>Over a stream.</summary>
    Stream,
}
