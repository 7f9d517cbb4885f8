using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Patterns;

/// <summary>One step of a pattern.</summary>
public sealed class PatternStep : ILocated
{
    /// <summary>The name.</summary>
    [Option("The step's name, by which later steps and 'select' refer to the last event that it took: NAME.field.", Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The condition.</summary>
    [Option("Which events the step takes; it may refer to earlier steps, and to its own last event.", Required = true)]
    public Expression When { get; set; } = Expression.Parse("true");

    /// <summary>Exactly so many.</summary>
    [Option("Exactly so many events.")]
    public int? Times { get; set; }

    /// <summary>So many or more.</summary>
    [Option("So many events or more.")]
    public int? AtLeast { get; set; }

    /// <summary>No more than so many.</summary>
    [Option("No more events than this.")]
    public int? AtMost { get; set; }

    /// <summary>May be left out.</summary>
    [Option("The step may be left out.")]
    public bool Optional { get; set; }

    /// <summary>Must not happen.</summary>
    [Option("No such event may come between the steps around; at the end: until 'within' is over.")]
    public bool Not { get; set; }

    /// <summary>Where the step stands.</summary>
    public SourceLocation Location { get; private set; }

    internal int Least => Optional ? 0 : Times ?? AtLeast ?? 1;

    internal int Most => Times ?? AtMost ?? (AtLeast is null ? 1 : int.MaxValue);

    /// <inheritdoc/>
    void ILocated.SetLocation(string option, SourceLocation location) => Location = option == "name" ? location : Location;
}
