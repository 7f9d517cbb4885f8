namespace CloudPump.Expressions;

/// <summary>Computes constant parts of an expression once.</summary>
internal static class Folding
{
    /// <summary>A constant when all operands are constants and the evaluation succeeds; else the node itself.</summary>
    public static Node TryFold(Node node, Node[] operands)
    {
        if (!Array.TrueForAll(operands, o => o is ConstantNode))
        {
            return node;
        }

        var value = node.Evaluate(new Scope(0));
        return value.IsError ? node : new ConstantNode(Frozen(value));
    }

    // The text belongs to the scope that folded; the constant needs its own.
    private static Value Frozen(in Value value) => value.Kind is ValueKind.String or ValueKind.Bytes && value.Reference is not byte[]
        ? new Value(value.Kind, 0, value.Bytes.Length, value.Bytes.ToArray())
        : value.Reference is ListValue list ? Value.OfList([.. list.Items.ToArray().Select(i => Frozen(i))]) : value;
}
