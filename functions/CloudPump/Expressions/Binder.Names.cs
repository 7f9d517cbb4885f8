using System.Text;
using CloudPump.Pipelines;

namespace CloudPump.Expressions;

/// <content>Names: macros' variables, fields (also with dots in their names), `event`, `meta` and types.</content>
internal sealed partial class Binder
{
    private Node BindPath(SyntaxNode node)
    {
        if (!TryPath(node, out var root, out var keys))
        {
            var select = (SelectSyntax)node;
            var operand = Bind(select.Operand);
            return Folding.TryFold(new SelectNode(operand, select.Name), [operand]);
        }

        var variable = root.IsAbsolute ? -1 : _variables.LastIndexOf(root.Name);
        if (variable >= 0)
        {
            return SelectAll(new VariableNode(variable), keys);
        }

        if (root.Name is "event" && !root.IsAbsolute)
        {
            return keys.Count == 0 ? new EventNode() : SelectAll(Field(keys[0], isEventField: true), keys.Skip(1));
        }

        return root.Name is "meta" && !root.IsAbsolute ? BindMeta(node, keys) : BindField(root.IsAbsolute ? root.Name : Qualified(root.Name), keys);
    }

    // In the container a.b the name x is the first of a.b.x, a.x and x that is known.
    private string Qualified(string name)
    {
        for (var prefix = container; !string.IsNullOrEmpty(prefix); prefix = prefix[..Math.Max(0, prefix.LastIndexOf('.'))])
        {
            if (fields.TryGet(Encoding.UTF8.GetBytes($"{prefix}.{name}"), out _))
            {
                return $"{prefix}.{name}";
            }
        }

        return name;
    }

    // `a.b.c` as its root and keys; false where something else than names stands in it.
    private static bool TryPath(SyntaxNode node, out NameSyntax root, out List<string> keys)
    {
        keys = [];
        while (node is SelectSyntax { IsTest: false } select)
        {
            keys.Add(select.Name);
            node = select.Operand;
        }

        keys.Reverse();
        root = (node as NameSyntax)!;
        return node is NameSyntax;
    }

    private Node BindField(string root, List<string> keys)
    {
        if (keys.Count == 0)
        {
            return Field(root, isEventField: false);
        }

        var name = root;
        var prefixes = new List<ushort> { fields.Id(name) };
        foreach (var key in keys)
        {
            name = $"{name}.{key}";
            prefixes.Add(fields.Id(name));
        }

        return new PathNode(prefixes, keys, Otherwise(name, root));
    }

    private FieldNode Field(string name, bool isEventField) => new(fields.Id(name), isEventField ? Missing(name) : Otherwise(name, name));

    private static Node BindMeta(SyntaxNode node, List<string> keys)
    {
        if (keys.Count == 0)
        {
            return new MetaNode(null);
        }

        if (!MetaNode.Parts.Contains(keys[0], StringComparer.Ordinal))
        {
            var suggestion = Nearest.Find(keys[0], MetaNode.Parts);
            throw new ExpressionException($"'meta' has no '{keys[0]}', but {string.Join(", ", MetaNode.Parts)}.", node.Offset, suggestion);
        }

        return SelectAll(new MetaNode(keys[0]), keys.Skip(1));
    }

    private HasNode BindTest(SelectSyntax select)
    {
        var isPath = TryPath(select.Operand, out var root, out _)
            && root.Name is not ("event" or "meta") && (root.IsAbsolute || !_variables.Contains(root.Name));
        var whole = isPath ? Bind(new SelectSyntax(select.Offset, select.Operand, select.Name, isTest: false)) : null;
        return new HasNode(Bind(select.Operand), select.Name, whole);
    }

    private static Node SelectAll(Node node, IEnumerable<string> keys) => keys.Aggregate(node, (operand, key) => new SelectNode(operand, key));

    private static Value Otherwise(string name, string missing) => TypeNames.TryGet(name, out var kind) ? Value.OfType(kind) : Missing(missing);

    private static Value Missing(string field) => Value.OfError(new EvaluationError($"the event has no field '{field}'", isMissing: true));
}
