using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>
/// `a.b.c`: the field `a.b.c` if the event has it, else c of the field `a.b`, else b and c of `a` (CEL takes the longest name).
/// </summary>
internal sealed class PathNode : Node
{
    private readonly FieldReader[] _prefixes;
    private readonly KeySelector[] _keys;
    private readonly Value _otherwise;

    /// <summary>Makes the node.</summary>
    /// <param name="prefixes">The fields named by the first part, the first two and so on.</param>
    /// <param name="keys">The parts after the first.</param>
    /// <param name="otherwise">What the whole means where there is none of these fields.</param>
    public PathNode(IReadOnlyList<ushort> prefixes, IReadOnlyList<string> keys, Value otherwise)
    {
        _prefixes = [.. prefixes.Select(p => new FieldReader(p))];
        _keys = [.. keys.Select(k => new KeySelector(k))];
        _otherwise = otherwise;
    }

    public override Value Evaluate(Scope scope)
    {
        for (var i = _prefixes.Length - 1; i >= 0; i--)
        {
            var slot = _prefixes[i].Read(scope);
            if (slot.Kind != FieldKind.Missing)
            {
                return Select(Value.OfSlot(scope.Batch, slot), i, scope);
            }
        }

        return _otherwise;
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
