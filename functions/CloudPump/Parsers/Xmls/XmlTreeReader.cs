using System.Xml;

namespace CloudPump.Parsers.Xmls;

/// <summary>Reads a document as a tree, within the limits of the parser.</summary>
internal sealed class XmlTreeReader(Xml options)
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = Events.Slot.MaxLength,
    };

    private int _elements;

    /// <summary>Reads a document.</summary>
    /// <param name="document">The bytes; their encoding is told by a byte order mark or the declaration, and else is UTF-8.</param>
    /// <param name="root">The name of the root element.</param>
    /// <param name="value">The root element; null when a limit does not hold.</param>
    /// <returns>Which limit does not hold; null when all do.</returns>
    /// <exception cref="XmlException">The document is not well-formed, or has a document type declaration.</exception>
    public string? Read(byte[] document, out string root, out XmlValue value)
    {
        (root, value, _elements) = ("", new XmlValue(), 0);
        using var reader = XmlReader.Create(new MemoryStream(document, writable: false), Settings);
        string? problem = null;
        while (problem is null && reader.Read())
        {
            if (reader.NodeType == XmlNodeType.XmlDeclaration && reader.GetAttribute("version") != "1.0")
            {
                problem = "The event declares another version of XML than 1.0.";
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                root = NameOf(reader);
                problem = Element(reader, value);
            }
        }

        return problem;
    }

    // The reader stands at the beginning of an element; afterwards at its end. A loop and not a recursion: depth is bounded, and so is the stack.
    private string? Element(XmlReader reader, XmlValue root)
    {
        var open = new Stack<XmlValue>();
        open.Push(root);
        var problem = Attributes(reader, root);
        if (reader.IsEmptyElement)
        {
            return problem;
        }

        while (problem is null && open.Count > 0 && reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    problem = Child(reader, open);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek().AddText(reader.Value);
                    break;
                case XmlNodeType.SignificantWhitespace:
                    open.Peek().AddText(reader.Value);
                    break;
            }
        }

        return problem;
    }

    private string? Child(XmlReader reader, Stack<XmlValue> open)
    {
        var child = new XmlValue();
        open.Peek().Add(NameOf(reader), child);
        if (open.Count >= options.MaxDepth)
        {
            return $"The event's elements are nested deeper than {options.MaxDepth}.";
        }

        var isEmpty = reader.IsEmptyElement;
        var problem = Attributes(reader, child);
        if (!isEmpty)
        {
            open.Push(child);
        }

        return problem;
    }

    private string? Attributes(XmlReader reader, XmlValue element)
    {
        _elements++;
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/")
            {
                _elements++;
                element.Add(options.AttributePrefix + NameOf(reader), new XmlValue { Text = reader.Value });
            }
        }

        reader.MoveToElement();
        return _elements > options.MaxElements ? $"The event has more than {options.MaxElements} elements and attributes." : null;
    }

    private string NameOf(XmlReader reader) => options.KeepPrefixes ? reader.Name : reader.LocalName;
}
