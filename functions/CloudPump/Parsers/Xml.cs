using CloudPump.Parsers.Xmls;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// XML 1.0, one document an event (a file is read whole). The root's children become fields, and its attributes too; with `root: true` the root is one field. An element that
/// has only text is that text, an empty one is null. An element with attributes or children is an object: attributes as `@name`, its text as `#text` (without the white space
/// around it when there are children), children by their names; a name that repeats is a list. White space between tags does not count, CDATA is text, comments and
/// processing instructions are left out. Prefixes of namespaces are dropped with their declarations, or kept as written. The encoding is that of the byte order mark or the
/// declaration: UTF-8, UTF-16, UTF-32, ISO-8859-1, US-ASCII. Document type declarations (DTD), and with them entities of one's own, are refused, and nothing is ever fetched.
/// </summary>
[Component(ComponentKind.Parser, "xml", "Reads XML documents; elements and attributes become fields.",
    Example = "parse: xml", Given = "<order id=\"7\"><customer vip=\"yes\">Ann &amp; Bob</customer><item>pen</item><item>ink</item><note/></order>",
    Gives = ["""{"@id": "7", "customer": {"@vip": "yes", "#text": "Ann & Bob"}, "item": ["pen", "ink"], "note": null}"""])]
public sealed class Xml : ParserDefinition
{
    /// <summary>The root.</summary>
    [Option("Keep the root element as a field of its name; otherwise its children are the fields.")]
    public bool Root { get; set; }

    /// <summary>Before attributes' names.</summary>
    [Option("Is put before the names of attributes.")]
    public string AttributePrefix { get; set; } = "@";

    /// <summary>Namespaces.</summary>
    [Option("drop takes away prefixes and xmlns declarations, keep leaves names as they are written.")]
    public XmlNamespaces Namespaces { get; set; } = XmlNamespaces.Drop;

    /// <summary>Guess.</summary>
    [Option("Give texts that look like numbers, true or false that type.")]
    public bool Infer { get; set; }

    /// <summary>Depth.</summary>
    [Option("How deep elements may be nested; deeper events are dead letters.")]
    public int MaxDepth { get; set; } = 64;

    /// <summary>Size.</summary>
    [Option("The most characters of a document.")]
    public int MaxCharacters { get; set; } = 4_000_000;

    /// <summary>Elements.</summary>
    [Option("The most elements and attributes of a document.")]
    public int MaxElements { get; set; } = 100_000;

    /// <inheritdoc/>
    public override bool WholeDocuments => true;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        (string Option, int Value, int Most)[] limits = [("max_depth", MaxDepth, 200), ("max_characters", MaxCharacters, 16_000_000), ("max_elements", MaxElements, 10_000_000)];
        foreach (var (option, _, most) in limits.Where(l => l.Value < 1 || l.Value > l.Most))
        {
            report.Error(this, option, $"'{option}' takes 1 to {most}.");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new XmlParser(this, context.Fields);
}
