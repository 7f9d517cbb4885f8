namespace CloudPump.Expressions;

/// <summary>Collects the identifiers of a tree that may be fields: those that no macro declares.</summary>
internal sealed class FieldNameCollector
{
    private readonly List<string> _variables = [];
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Collect(SyntaxNode root)
    {
        var collector = new FieldNameCollector();
        collector.Visit(root);
        return collector._names;
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case NameSyntax name:
                Add(name);
                break;
            case SelectSyntax { Operand: NameSyntax { Name: "event" } root } select when !_variables.Contains(root.Name):
                _names.Add(select.Name);
                break;
            case SelectSyntax select:
                Visit(select.Operand);
                break;
            case CallSyntax call:
                VisitAll(call.Arguments);
                break;
            case ListSyntax list:
                VisitAll(list.Items);
                break;
            case MapSyntax map:
                VisitAll(map.Entries);
                break;
            case BindSyntax bind:
                Visit(bind.Value);
                Within(bind.Variable, null, bind.Body, null);
                break;
            case LoopSyntax loop:
                Visit(loop.Range);
                Within(loop.Variable, loop.Second, loop.Body, loop.Filter);
                break;
        }
    }

    private void Add(NameSyntax name)
    {
        if (name.Name is not ("event" or "meta") && (name.IsAbsolute || !_variables.Contains(name.Name)))
        {
            _names.Add(name.Name);
        }
    }

    private void VisitAll(IReadOnlyList<SyntaxNode> nodes)
    {
        foreach (var node in nodes)
        {
            Visit(node);
        }
    }

    private void Within(string variable, string? second, SyntaxNode body, SyntaxNode? filter)
    {
        var count = _variables.Count;
        _variables.Add(variable);
        if (second is not null)
        {
            _variables.Add(second);
        }

        if (filter is not null)
        {
            Visit(filter);
        }

        Visit(body);
        _variables.RemoveRange(count, _variables.Count - count);
    }
}
