using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>Turns the tree into nodes that run: names become fields or variables, calls functions, constant parts are computed.</summary>
/// <param name="fields">The fields.</param>
/// <param name="lookups">The tables of `lookup`; null when they are not known yet.</param>
/// <param name="container">CEL's container, in which names are looked for first: pipelines have none, CEL's own suite does.</param>
internal sealed partial class Binder(FieldTable fields, ILookups? lookups = null, string? container = null)
{
    private readonly List<string> _variables = [];

    /// <summary>How many variables are in use at once.</summary>
    public int VariableCount { get; private set; }

    public Node Bind(SyntaxNode node) => node switch
    {
        LiteralSyntax literal => new ConstantNode(literal.Value),
        NameSyntax or SelectSyntax { IsTest: false } => BindPath(node),
        SelectSyntax select => BindTest(select),
        CallSyntax call => BindCall(call),
        ListSyntax list => BindList(list),
        MapSyntax map => BindMap(map),
        LoopSyntax loop => BindLoop(loop),
        BindSyntax bind => BindVariable(bind),
        _ => throw new InvalidOperationException($"No node for {node.GetType().Name}."),
    };

    private Node BindList(ListSyntax list)
    {
        var items = BindAll(list.Items);
        return Folding.TryFold(new ListNode(items), items);
    }

    private Node BindMap(MapSyntax map)
    {
        var entries = BindAll(map.Entries);
        Node[] keys = [.. entries.Where((_, i) => i % 2 == 0)];
        Node[] values = [.. entries.Where((_, i) => i % 2 == 1)];
        return Folding.TryFold(new MapNode(keys, values), entries);
    }

    private BindNode BindVariable(BindSyntax bind)
    {
        var value = Bind(bind.Value);
        var variable = Declare(bind.Variable);
        var body = Bind(bind.Body);
        _variables.RemoveAt(variable);
        return new BindNode(variable, value, body);
    }

    private Node BindLoop(LoopSyntax syntax)
    {
        var range = Bind(syntax.Range);
        var count = _variables.Count;
        var first = Declare(syntax.Variable);
        var second = syntax.Second is null ? -1 : Declare(syntax.Second);
        var filter = syntax.Filter is null ? null : Bind(syntax.Filter);
        var body = Bind(syntax.Body);
        _variables.RemoveRange(count, _variables.Count - count);
        var loop = new Loop(range, first, second);
        return syntax.Kind switch
        {
            LoopKind.All => new QuantifierNode(loop, Truth.False, body),
            LoopKind.Exists => new QuantifierNode(loop, Truth.True, body),
            LoopKind.ExistsOne => new ExistsOneNode(loop, body),
            _ => new TransformNode(loop, first, syntax.Kind == LoopKind.Map, filter, body),
        };
    }

    private int Declare(string variable)
    {
        _variables.Add(variable);
        VariableCount = Math.Max(VariableCount, _variables.Count);
        return _variables.Count - 1;
    }

    private Node[] BindAll(IReadOnlyList<SyntaxNode> nodes) => [.. nodes.Select(Bind)];
}
