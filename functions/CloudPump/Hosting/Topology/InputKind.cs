namespace CloudPump.Hosting.Topology;

/// <summary>What wakes a pipeline on a host of functions.</summary>
public enum InputKind
{
    /// <summary>A stream: an event hub.</summary>
    Stream,

    /// <summary>The pipeline's subscription of the topic of routes.</summary>
    Topic,

    /// <summary>A triggered source, read on a schedule.</summary>
    Schedule,

    /// <summary>Events posted over HTTP; they are put into the pipeline's stream, or its subscription when it has none.</summary>
    Http,
}
