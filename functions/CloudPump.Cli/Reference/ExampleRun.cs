using CloudPump.Pipelines;

namespace CloudPump.Cli.Reference;

/// <summary>What a component's example makes of an event.</summary>
internal static class ExampleRun
{
    /// <summary>The given event and what becomes of it, a line each.</summary>
    public static List<string> Lines(ComponentDescriptor component) =>
    [
        .. component.Given.Split('\n').Select((line, i) => (i == 0 ? "given  " : "       ") + line),
        .. component.Gives.Select((line, i) => (i == 0 ? "gives  " : "       ") + line),
        .. component.Gives.Count == 0 ? ["gives  nothing"] : Array.Empty<string>(),
    ];
}
