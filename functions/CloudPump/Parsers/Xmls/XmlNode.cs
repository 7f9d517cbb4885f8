namespace CloudPump.Parsers.Xmls;

/// <summary>An element, an attribute, or the text beside them: a name, and a text or children. Links are indexes of other nodes, -1 for none.</summary>
internal record struct XmlNode
{
    /// <summary>The name in UTF-8: where it starts among the texts.</summary>
    public int NameOffset;

    /// <summary>Its length.</summary>
    public int NameLength;

    /// <summary>The text: where it starts among the texts.</summary>
    public int TextOffset;

    /// <summary>Its length; 0 when there is none.</summary>
    public int TextLength;

    /// <summary>Whether there is a text; an attribute's may be empty.</summary>
    public bool HasText;

    /// <summary>The first child.</summary>
    public int FirstChild;

    /// <summary>The last child.</summary>
    public int LastChild;

    /// <summary>The next child of the same parent.</summary>
    public int Next;

    /// <summary>The next child of the same parent that has the same name.</summary>
    public int NextSame;

    /// <summary>Whether a child of the same parent before it has the same name.</summary>
    public bool Repeats;
}
