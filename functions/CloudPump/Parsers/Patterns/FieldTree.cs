using System.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.Patterns;

/// <summary>Fields some of which lie in objects: their values are collected one by one, and every object is written once.</summary>
internal sealed class FieldTree(FieldTable fields)
{
    private readonly Node _root = new("");
    private readonly EventJsonWriter _writer = new();
    private readonly ByteBuffer _json = new(256);

    /// <summary>How many fields there are.</summary>
    public int Count { get; private set; }

    /// <summary>The index of a field's value; the same for the same field.</summary>
    /// <exception cref="PatternException">One field would be a value and an object at once.</exception>
    public int Add(string field)
    {
        var node = _root;
        foreach (var part in FieldCapture.Way(field))
        {
            if (node.Value >= 0)
            {
                throw Both(field);
            }

            node = node.Child(part);
        }

        if (node.Children.Count > 0)
        {
            throw Both(field);
        }

        return node.Value >= 0 ? node.Value : node.Value = Count++;
    }

    /// <summary>Sets the fields whose values are there; objects without any are left out.</summary>
    public void Set(EventBatch batch, int row, ReadOnlySpan<Slot> values)
    {
        foreach (var node in _root.Children)
        {
            node.Field ??= fields.Id(node.Text);
            if (node.Value < 0)
            {
                _json.Clear();
                if (TryWrite(batch, node, values))
                {
                    batch.SetText(row, node.Field.Value, FieldKind.Object, _json.Written);
                }
            }
            else if (values[node.Value].Kind != FieldKind.Missing)
            {
                batch.Put(row, node.Field.Value) = values[node.Value];
            }
        }
    }

    private static PatternException Both(string field) => new($"The field '{field}' would be a value and an object with fields of its own at once; give one of them another name.");

    private bool TryWrite(EventBatch batch, Node parent, ReadOnlySpan<Slot> values)
    {
        var any = false;
        _json.WriteByte((byte)'{');
        foreach (var node in parent.Children)
        {
            var before = _json.Length;
            _json.Write(any ? ","u8 : ""u8);
            JsonText.WriteString(_json, node.Name);
            _json.WriteByte((byte)':');
            if (node.Value < 0 ? TryWrite(batch, node, values) : TryWrite(batch, values[node.Value]))
            {
                any = true;
            }
            else
            {
                _json.Truncate(before);
            }
        }

        _json.WriteByte((byte)'}');
        return any;
    }

    private bool TryWrite(EventBatch batch, in Slot value)
    {
        if (value.Kind != FieldKind.Missing)
        {
            _writer.WriteValue(_json, batch, value);
        }

        return value.Kind != FieldKind.Missing;
    }

    private sealed class Node(string name)
    {
        public string Text => name;

        public byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

        public List<Node> Children { get; } = [];

        public int Value { get; set; } = -1;

        public ushort? Field { get; set; }

        public Node Child(string part)
        {
            var child = Children.Find(c => c.Text == part);
            if (child is null)
            {
                Children.Add(child = new Node(part));
            }

            return child;
        }
    }
}
