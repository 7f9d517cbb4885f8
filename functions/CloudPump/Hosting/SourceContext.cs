using CloudPump.Pipelines;

namespace CloudPump.Hosting;

/// <summary>What a source may know and use when it is opened.</summary>
public sealed class SourceContext
{
    /// <summary>The pipeline that reads; consumers of a stream are known by it.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The host's streams.</summary>
    public required IStreams Streams { get; init; }

    /// <summary>The connections.</summary>
    public ConnectionSet Connections { get; init; } = new();

    /// <summary>Go on waiting for more at the end of the input.</summary>
    public bool Follow { get; init; }

    /// <summary>The input may have more the next time: what is unfinished at its end, such as half a line, is left for then.</summary>
    public bool Grows { get; init; }

    /// <summary>The pipeline's parser wants whole documents, not lines.</summary>
    public bool WholeDocuments { get; init; }

    /// <summary>Standard input, for the source that reads it.</summary>
    public Func<Stream> StandardInput { get; init; } = static () => Stream.Null;
}
