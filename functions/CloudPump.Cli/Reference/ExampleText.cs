using CloudPump.Pipelines;

namespace CloudPump.Cli.Reference;

/// <summary>A component's example at the place where it stands in a file.</summary>
internal static class ExampleText
{
    /// <summary>The example's lines.</summary>
    public static IReadOnlyList<string> Of(ComponentDescriptor component)
    {
        var lines = component.Example.Split('\n');
        return component.Kind switch
        {
            ComponentKind.Connection or ComponentKind.Lookup => lines,
            ComponentKind.Sink => ["sink:", .. lines.Select(l => "  " + l)],
            ComponentKind.Source => ["sources:", .. Item(lines)],
            _ => ["processors:", .. Item(lines)],
        };
    }

    private static IEnumerable<string> Item(string[] lines) => lines.Select((line, i) => (i == 0 ? "  - " : "    ") + line);
}
