using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Reference;

/// <summary>One component's reference for the terminal.</summary>
internal static class ComponentText
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, ComponentDescriptor component)
    {
        output.WriteLine($"{component.Name} ({KindWords.Of(component.Kind)}): {component.Help}");
        WriteOptions(output, [.. OptionRow.Of(component.Options)]);
        if (ShortForm.Of(component) is { Length: > 0 } text)
        {
            output.WriteLine();
            output.WriteLine(text.Replace("`", "", StringComparison.Ordinal));
        }

        if (component.NotRepeatable.Length > 0)
        {
            output.WriteLine();
            output.WriteLine($"Note: results may differ when an event is delivered twice: {component.NotRepeatable}.");
        }

        WriteExample(output, component);
    }

    private static void WriteOptions(TextWriter output, List<OptionRow> options)
    {
        output.WriteLine();
        output.WriteLine(options.Count == 0 ? "It has no options." : "Options:");
        var width = options.Select(o => o.Name.Length).DefaultIfEmpty(0).Max();
        foreach (var option in options)
        {
            var details = option.Type
                + (option.Required ? ", required" : option.Default.Length > 0 ? $", default {option.Default}" : "")
                + (option.Secret ? ", secret" : "");
            output.WriteLine($"  {option.Name.PadRight(width)}  {details}");
            output.WriteLine($"  {new string(' ', width)}  {option.Help}");
        }
    }

    private static void WriteExample(TextWriter output, ComponentDescriptor component)
    {
        if (component.Example.Length == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(component.Kind switch
        {
            ComponentKind.Connection => $"Example, in {ConnectionSet.FileName}:",
            ComponentKind.Lookup => $"Example, in {LookupSet.FileName}:",
            _ => "Example:",
        });
        foreach (var line in ExampleText.Of(component))
        {
            output.WriteLine("  " + line);
        }

        if (component.Given.Length > 0)
        {
            output.WriteLine();
            ExampleRun.Lines(component).ForEach(line => output.WriteLine("  " + line));
        }
    }
}
