namespace CloudPump.Expressions;

/// <summary>Collects the identifiers of a tree that may be fields: those that no macro declares.</summary>
internal sealed class FieldNameCollector
{
    private readonly List<string> _variables = [];
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);

    /// <summary>The names, and the same with the first selection after them: `a` and `a.b` for `a.b.c`.</summary>
    public static (IReadOnlyCollection<string> Names, IReadOnlyCollection<string> Paths) Collect(SyntaxNode root)
    {
        var collector = new FieldNameCollector();
        collector.Visit(root);
        return (collector._names, collector._paths);
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case NameSyntax name:
                Add(name, null);
                break;
            case SelectSyntax { Operand: NameSyntax { Name: not "event" } name } select:
                Add(name, select.Name);
                break;
            case SelectSyntax { Operand: NameSyntax { Name: "event" } root } select when !_variables.Contains(root.Name):
                _names.Add(select.Name);
                _paths.Add(select.Name);
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

    private void Add(NameSyntax name, string? member)
    {
        if (name.Name is not ("event" or "meta") && (name.IsAbsolute || !_variables.Contains(name.Name)))
        {
            _names.Add(name.Name);
            _paths.Add(member is null ? name.Name : $"{name.Name}.{member}");
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
