namespace CloudPump.Hosting;

/// <summary>The stream over which a pipeline gets what others send it in order: routes with `via: stream`, and the results of analyzers.</summary>
public static class PipelineStreams
{
    /// <summary>The topic that carries routes; every pipeline has a subscription on it.</summary>
    public const string RoutesTopic = "routes";

    private const string Prefix = "pipeline.";
    private const string SignalPrefix = "signal.";

    /// <summary>The stream of a pipeline.</summary>
    public static string Of(string pipeline) => Prefix + pipeline;

    /// <summary>The stream over which other pipelines tell one that they have had events: events without fields, which wake its analyzers.</summary>
    public static string SignalsOf(string pipeline) => SignalPrefix + pipeline;

    /// <summary>Whether a stream carries such signals.</summary>
    public static bool IsSignals(string stream) => stream.StartsWith(SignalPrefix, StringComparison.Ordinal);

    /// <summary>The pipeline whose stream this is, or null when it is another stream.</summary>
    public static string? PipelineOf(string stream) => stream.StartsWith(Prefix, StringComparison.Ordinal) ? stream[Prefix.Length..] : null;
}
