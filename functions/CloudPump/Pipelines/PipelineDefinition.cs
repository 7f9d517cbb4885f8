namespace CloudPump.Pipelines;

/// <summary>A pipeline as declared, by YAML or by C#: sources, processors in order, one sink, and its unit tests.</summary>
public sealed class PipelineDefinition
{
    /// <summary>Matches [a-z][a-z0-9_-]{0,39}.</summary>
    public required string Name { get; init; }

    /// <summary>Where the name stands.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>One line for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where events come from; may be empty when routes or analyzers of other pipelines send here.</summary>
    public IReadOnlyList<SourceDefinition> Sources { get; init; } = [];

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<ProcessorDefinition> Processors { get; init; } = [];

    /// <summary>The final destination.</summary>
    public required SinkDefinition Sink { get; init; }

    /// <summary>The fields that hold personal data, as paths: none of them may leave as it came.</summary>
    public IReadOnlyList<string> Personal { get; init; } = [];

    /// <summary>The unit tests of the file.</summary>
    public IReadOnlyList<PipelineTest> Tests { get; init; } = [];

    /// <summary>The folder of its file; the working directory for one made in C#.</summary>
    public string Folder => Location.File is null ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(Location.File))!;

    /// <summary>Every mention of another pipeline.</summary>
    public IEnumerable<PipelineReference> Targets => Processors.SelectMany(p => p.Targets).Concat(Sink.Targets);

    /// <summary>Every mention of a pipeline whose events this one wants to be told of.</summary>
    public IEnumerable<PipelineReference> Triggers => Processors.SelectMany(p => p.Triggers);

    /// <summary>Whether its first processor reads whole documents.</summary>
    public bool ReadsWholeDocuments => Processors.FirstOrDefault() is { WholeDocuments: true };

    /// <summary>The same pipeline with other sources or another sink.</summary>
    public PipelineDefinition With(IReadOnlyList<SourceDefinition>? sources = null, SinkDefinition? sink = null) => new()
    {
        Name = Name,
        Location = Location,
        Description = Description,
        Sources = sources ?? Sources,
        Processors = Processors,
        Sink = sink ?? Sink,
        Personal = Personal,
        Tests = Tests,
    };
}
