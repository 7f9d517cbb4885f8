namespace CloudPump.Pipelines;

/// <summary>What a component does in a pipeline.</summary>
public enum ComponentKind
{
    /// <summary>Where events come from.</summary>
    Source,

    /// <summary>Reads fields from the original bytes.</summary>
    Parser,

    /// <summary>Makes many events of one.</summary>
    Generator,

    /// <summary>Adds fields from elsewhere.</summary>
    Enricher,

    /// <summary>Changes fields.</summary>
    Transformer,

    /// <summary>Takes events out.</summary>
    Filter,

    /// <summary>Sends events to other pipelines.</summary>
    Router,

    /// <summary>Observes events and emits findings as new events.</summary>
    Analyzer,

    /// <summary>The final destination.</summary>
    Sink,

    /// <summary>A named table of keys and values.</summary>
    Lookup,

    /// <summary>Named access to an outside system.</summary>
    Connection,
}
