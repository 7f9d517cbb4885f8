using CloudPump.Parsers.Xmls;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// XML 1.0. What stands in the root element becomes fields: a child element by its name, an attribute by its name with @ before it. An element with nothing but text is that text, an empty one
/// is null; one with attributes or children is an object of them, and its text is the member #text. Elements of one name become a list. CDATA is text; comments and processing instructions are
/// not read, and neither are document type declarations (DTD): an event with one is a dead letter, so that entities can neither grow nor reach for files and networks. The prefixes of
/// namespaces are left out.
/// </summary>
[Component(ComponentKind.Parser, "xml", "Reads XML: elements and attributes in the root become fields, repeated elements a list.", Example = "parse: xml",
    Given = "<order id=\"7\"><customer>Ann &amp; Bob</customer><item n=\"2\">nut</item><item>bolt</item><note/></order>",
    Gives = ["""{"@id": "7", "customer": "Ann & Bob", "item": [{"@n": "2", "#text": "nut"}, "bolt"], "note": null}"""])]
public sealed class Xml : ParserDefinition
{
    /// <summary>Depth.</summary>
    [Option("How deep elements may be nested; deeper events are dead letters.")]
    public int MaxDepth { get; set; } = 64;

    /// <summary>Number.</summary>
    [Option("How many elements and attributes an event may have.")]
    public int MaxElements { get; set; } = 100_000;

    /// <summary>Attributes.</summary>
    [Option("What stands before the names of attributes.")]
    public string AttributePrefix { get; set; } = "@";

    /// <summary>Namespaces.</summary>
    [Option("Keep the prefixes of namespaces: soap:Body, and not Body.")]
    public bool KeepPrefixes { get; set; }

    /// <summary>The root.</summary>
    [Option("The root element itself becomes the one field.")]
    public bool Root { get; set; }

    /// <summary>Guess.</summary>
    [Option("Texts that look like numbers, true or false get that type.")]
    public bool Infer { get; set; }

    /// <inheritdoc/>
    public override bool WholeDocuments => true;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (MaxDepth is < 1 or > 256)
        {
            report.Error(this, "max_depth", "'max_depth' takes 1 to 256.");
        }

        if (MaxElements < 1)
        {
            report.Error(this, "max_elements", "'max_elements' takes 1 or more.");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new XmlParser(this);
}
