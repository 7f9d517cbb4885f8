using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>
/// `a.b.c`: the field `a.b.c` if the event has it, else c of the field `a.b`, else b and c of `a` (CEL takes the longest name).
/// </summary>
internal sealed class PathNode : Node
{
    private readonly FieldReader[] _longer;
    private readonly KeySelector[] _keys;
    private readonly Value _otherwise;
    private FieldReader _root;

    /// <summary>Makes the node.</summary>
    /// <param name="prefixes">The fields named by the first part, the first two and so on.</param>
    /// <param name="keys">The parts after the first.</param>
    /// <param name="otherwise">What the whole means where there is none of these fields.</param>
    public PathNode(IReadOnlyList<ushort> prefixes, IReadOnlyList<string> keys, Value otherwise)
    {
        _root = new FieldReader(prefixes[0]);
        _longer = [.. prefixes.Skip(1).Select(p => new FieldReader(p))];
        _keys = [.. keys.Select(k => new KeySelector(k))];
        _otherwise = otherwise;
    }

    public override Value Evaluate(Scope scope)
    {
        for (var i = _longer.Length - 1; i >= 0; i--)
        {
            var slot = _longer[i].Read(scope);
            if (slot.Kind != FieldKind.Missing)
            {
                return Select(Value.OfSlot(scope.Batch, slot), i + 1, scope);
            }
        }

        var root = _root.Read(scope);
        if (root.Kind == FieldKind.Missing)
        {
            return _otherwise;
        }

        var value = Value.OfSlot(scope.Batch, root);
        return _keys.Length == 1 ? _keys[0].Select(value, scope) : Select(value, 0, scope);
    }

    /// <summary>
    /// The text that is the value, without making a value: only where the path is one key into an object, and the text stands there plainly.
    /// </summary>
    public bool TryText(Scope scope, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (_keys.Length != 1 || _longer[0].Read(scope).Kind != FieldKind.Missing)
        {
            return false;
        }

        var root = _root.Read(scope);
        if (root.Kind != FieldKind.Object)
        {
            return false;
        }

        var json = scope.Batch.Bytes(root.Offset, root.Length);
        return _keys[0].TryFind(json, scope, out var start) && JsonView.TryPlainText(json, start, out text);
    }

    private Value Select(Value value, int used, Scope scope)
    {
        for (var i = used; i < _keys.Length && !value.IsError; i++)
        {
            value = _keys[i].Select(value, scope);
        }

        return value;
    }
}
