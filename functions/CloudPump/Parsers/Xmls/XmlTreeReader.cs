using System.Text;
using System.Xml;

namespace CloudPump.Parsers.Xmls;

/// <summary>Reads a document into a tree.</summary>
internal sealed class XmlTreeReader(Xml options, XmlTree tree)
{
    private const string TextName = "#text";
    private const int KeptText = 1 << 16;
    private const int KeptNames = 10_000;
    private readonly Dictionary<string, string> _attributeNames = new(StringComparer.Ordinal);
    private readonly int[] _open = new int[options.MaxDepth];
    private readonly bool[] _hasElements = new bool[options.MaxDepth];
    private readonly StringBuilder[] _texts = [.. Enumerable.Range(0, options.MaxDepth).Select(_ => new StringBuilder())];
    private int _depth;

    /// <summary>Reads a document; returns which limit it goes beyond, or null.</summary>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public string? Read(XmlReader reader)
    {
        tree.Clear();
        _depth = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (Open(reader) is { } problem)
                    {
                        return problem;
                    }

                    break;
                case XmlNodeType.XmlDeclaration when reader.GetAttribute("version") != "1.0":
                    return $"The XML declaration names another version than 1.0, {Place(reader)}.";
                case XmlNodeType.EndElement:
                    Close();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when _depth > 0:
                    _texts[_depth - 1].Append(reader.Value);
                    break;
            }
        }

        return null;
    }

    private string? Open(XmlReader reader)
    {
        if (_depth == options.MaxDepth)
        {
            return $"Elements are nested deeper than {options.MaxDepth}, {Place(reader)}.";
        }

        var empty = reader.IsEmptyElement;
        var node = tree.Add(_depth == 0 ? -1 : _open[_depth - 1], Name(reader));
        if (_depth > 0)
        {
            _hasElements[_depth - 1] = true;
        }

        _open[_depth] = node;
        _hasElements[_depth] = false;
        Clear(ref _texts[_depth]);
        _depth++;
        while (tree.Count <= options.MaxElements && reader.MoveToNextAttribute())
        {
            Attribute(reader, node);
        }

        if (empty)
        {
            Close();
        }

        return tree.Count <= options.MaxElements ? null : $"There are more than {options.MaxElements} elements and attributes, {Place(reader)}.";
    }

    private void Attribute(XmlReader reader, int node)
    {
        var declaration = reader.Prefix == "xmlns" || reader.Name == "xmlns";
        if (declaration && options.Namespaces == XmlNamespaces.Drop)
        {
            return;
        }

        tree.SetText(tree.Add(node, AttributeName(Name(reader))), reader.Value);
    }

    private void Close()
    {
        var level = --_depth;
        var node = _open[level];
        if (_texts[level].Length == 0)
        {
            return;
        }

        var text = _texts[level].ToString().AsSpan();
        text = _hasElements[level] ? text.Trim(" \t\r\n") : text;
        if (text.Length > 0)
        {
            tree.SetText(tree[node].FirstChild < 0 ? node : tree.Add(node, TextName), text);
        }
    }

    private string Name(XmlReader reader) => options.Namespaces == XmlNamespaces.Drop ? reader.LocalName : reader.Name;

    private string AttributeName(string name)
    {
        if (_attributeNames.TryGetValue(name, out var full))
        {
            return full;
        }

        if (_attributeNames.Count >= KeptNames)
        {
            _attributeNames.Clear();
        }

        return _attributeNames[name] = options.AttributePrefix + name;
    }

    private static void Clear(ref StringBuilder text)
    {
        if (text.Capacity > KeptText)
        {
            text = new StringBuilder();
        }

        text.Clear();
    }

    private static string Place(XmlReader reader) => reader is IXmlLineInfo line ? $"at line {line.LineNumber}, position {line.LinePosition}" : "at an unknown place";
}
