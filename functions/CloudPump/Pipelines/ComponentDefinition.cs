namespace CloudPump.Pipelines;

/// <summary>
/// What a pipeline says about one of its components: the options, as properties with <see cref="OptionAttribute"/>. YAML and C# both make these
/// objects; building a pipeline turns them into running parts.
/// </summary>
public abstract class ComponentDefinition
{
    private Dictionary<string, SourceLocation>? _locations;

    /// <summary>Where it stands in the pipeline file.</summary>
    public SourceLocation Location { get; set; }

    /// <summary>Where an option stands in the pipeline file; the component's own place when the option was not written.</summary>
    public SourceLocation LocationOf(string option) =>
        _locations is not null && _locations.TryGetValue(option, out var location) ? location : Location;

    /// <summary>Other pipelines that get events from this component.</summary>
    public virtual IEnumerable<PipelineReference> Targets => [];

    /// <summary>Other pipelines whose events this component wants to be told of.</summary>
    public virtual IEnumerable<PipelineReference> Triggers => [];

    /// <summary>Checks what the options' types cannot say; reports mistakes through <paramref name="report"/>.</summary>
    public virtual void Check(CheckReport report)
    {
    }

    internal void SetLocation(string option, SourceLocation location) => (_locations ??= [])[option] = location;
}
