namespace CloudPump.Pipelines;

/// <summary>Collects the mistakes that a component finds in its own options.</summary>
public sealed class CheckReport(ICollection<Diagnostic> diagnostics)
{
    /// <summary>Reports a mistake at a place.</summary>
    public void Error(SourceLocation location, string message) => diagnostics.Add(new Diagnostic(location, message));

    /// <summary>Reports a mistake at an option of a component.</summary>
    public void Error(ComponentDefinition component, string option, string message) => Error(component.LocationOf(option), message);

    /// <summary>Reports something that works but may surprise.</summary>
    public void Warning(SourceLocation location, string message) => diagnostics.Add(new Diagnostic(location, message, IsWarning: true));
}
