namespace CloudPump.Routers;

/// <summary>What becomes of a routed event here.</summary>
public enum RouteMode
{
    /// <summary>It goes on in this pipeline too.</summary>
    Clone,

    /// <summary>It leaves this pipeline.</summary>
    Move,
}
