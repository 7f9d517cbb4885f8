using System.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.Xmls;

/// <summary>A document's elements, attributes and texts; the memory is used again for the next one.</summary>
internal sealed class XmlTree
{
    private const int Kept = 1 << 16;
    private readonly Dictionary<(int Parent, string Name), int> _latest = [];
    private XmlNode[] _nodes = new XmlNode[64];
    private ByteBuffer _texts = new(1 << 12);

    /// <summary>How many nodes there are.</summary>
    public int Count { get; private set; }

    /// <summary>A node.</summary>
    public ref readonly XmlNode this[int index] => ref _nodes[index];

    /// <summary>The name of a node.</summary>
    public ReadOnlySpan<byte> Name(int index) => _texts.Written.Slice(_nodes[index].NameOffset, _nodes[index].NameLength);

    /// <summary>The text of a node.</summary>
    public ReadOnlySpan<byte> Text(int index) => _texts.Written.Slice(_nodes[index].TextOffset, _nodes[index].TextLength);

    /// <summary>Forgets everything. One huge document must not keep its memory for ever.</summary>
    public void Clear()
    {
        if (Count > Kept)
        {
            _nodes = new XmlNode[64];
            _latest.Clear();
            _latest.TrimExcess();
        }

        if (_texts.Length > Kept * 16)
        {
            _texts = new ByteBuffer(1 << 12);
        }

        Count = 0;
        _latest.Clear();
        _texts.Clear();
    }

    /// <summary>Adds a node after the other children of its parent (-1 for the root); returns its index.</summary>
    public int Add(int parent, string name)
    {
        if (Count == _nodes.Length)
        {
            Array.Resize(ref _nodes, Count * 2);
        }

        var index = Count++;
        var offset = Write(name);
        _nodes[index] = new XmlNode { NameOffset = offset, NameLength = _texts.Length - offset, FirstChild = -1, LastChild = -1, Next = -1, NextSame = -1 };
        if (parent >= 0)
        {
            Link(parent, name, index);
        }

        return index;
    }

    /// <summary>Gives a node its text.</summary>
    public void SetText(int index, ReadOnlySpan<char> text)
    {
        ref var node = ref _nodes[index];
        node.TextOffset = Write(text);
        node.TextLength = _texts.Length - node.TextOffset;
        node.HasText = true;
    }

    private int Write(ReadOnlySpan<char> text)
    {
        var offset = _texts.Length;
        _texts.Advance(Encoding.UTF8.GetBytes(text, _texts.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
        return offset;
    }

    private void Link(int parent, string name, int index)
    {
        ref var above = ref _nodes[parent];
        if (above.LastChild >= 0)
        {
            _nodes[above.LastChild].Next = index;
        }
        else
        {
            above.FirstChild = index;
        }

        above.LastChild = index;
        if (_latest.TryGetValue((parent, name), out var before))
        {
            _nodes[before].NextSame = index;
            _nodes[index].Repeats = true;
        }

        _latest[(parent, name)] = index;
    }
}
