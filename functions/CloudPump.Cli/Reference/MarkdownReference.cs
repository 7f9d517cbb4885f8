using CloudPump.Pipelines;

namespace CloudPump.Cli.Reference;

/// <summary>The whole reference as Markdown. Lines end with \n on every system, so that the file is the same everywhere.</summary>
internal static class MarkdownReference
{
    /// <summary>Makes it.</summary>
    public static string Of(ComponentRegistry registry)
    {
        using var output = new StringWriter { NewLine = "\n" };
        output.WriteLine(MarkdownSections.Head);
        var kinds = registry.All.GroupBy(c => c.Kind).ToList();
        foreach (var kind in kinds)
        {
            var links = kind.Select(c => $"[{c.Name}](#{Anchor(c)})");
            output.WriteLine($"- [{KindWords.Heading(kind.Key)}](#{KindWords.Plural(kind.Key)}): {string.Join(", ", links)}");
        }

        output.WriteLine(MarkdownSections.Contents);
        foreach (var kind in kinds)
        {
            output.WriteLine();
            output.WriteLine($"## {KindWords.Heading(kind.Key)}");
            output.WriteLine(KindWords.Purpose(kind.Key));
            foreach (var component in kind)
            {
                Write(output, component);
            }
        }

        output.WriteLine();
        output.WriteLine(MarkdownSections.Tail);
        return output.ToString();
    }

    private static string Anchor(ComponentDescriptor component) => $"{component.Name}-{KindWords.Of(component.Kind)}";

    private static void Write(TextWriter output, ComponentDescriptor component)
    {
        output.WriteLine();
        output.WriteLine($"### {component.Name} {KindWords.Of(component.Kind)}");
        output.WriteLine(component.Help);
        WriteOptions(output, component);
        if (ShortForm.Of(component) is { Length: > 0 } text)
        {
            output.WriteLine();
            output.WriteLine(text);
        }

        if (component.NotRepeatable.Length > 0)
        {
            output.WriteLine();
            output.WriteLine($"**Note:** results may differ when an event is delivered twice: {component.NotRepeatable}.");
        }

        if (component.Example.Length > 0)
        {
            output.WriteLine();
            output.WriteLine("```yaml");
            output.WriteLine(string.Join('\n', ExampleText.Of(component)));
            output.WriteLine("```");
        }

        if (component.Given.Length > 0)
        {
            output.WriteLine();
            output.WriteLine("```");
            ExampleRun.Lines(component).ForEach(output.WriteLine);
            output.WriteLine("```");
        }
    }

    private static void WriteOptions(TextWriter output, ComponentDescriptor component)
    {
        if (component.Options.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("| option | type | default | what it does |");
        output.WriteLine("|---|---|---|---|");
        foreach (var option in OptionRow.Of(component.Options))
        {
            var standard = option.Required ? "**required**" : option.Default.Length > 0 ? $"`{option.Default}`" : "";
            var help = Cell(option.Help).Replace("*", "\\*", StringComparison.Ordinal) + (option.Secret ? " Never shown." : "");
            output.WriteLine($"| `{option.Name}` | {Cell(option.Type)} | {Cell(standard)} | {help} |");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
