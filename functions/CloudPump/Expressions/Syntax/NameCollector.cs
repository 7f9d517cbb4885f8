namespace CloudPump.Expressions;

/// <summary>Collects the identifiers of a tree that may be fields: those that no macro declares; the lookup tables that it names, and the keys that it holds.</summary>
internal sealed class NameCollector
{
    private readonly List<string> _variables = [];
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _openPaths = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Offset)> _lookups = [];
    private readonly List<LiteralSyntax> _secrets = [];
    private int _keyedHashes;

    /// <summary>The names in order.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>The same with the first selection after them: `a` and `a.b` for `a.b.c`.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>The paths that stand somewhere outside of the calls of `hmac`.</summary>
    public IReadOnlyCollection<string> OpenPaths => _openPaths;

    /// <summary>The tables that `lookup` names, with their places.</summary>
    public IReadOnlyCollection<(string Name, int Offset)> Lookups => _lookups;

    /// <summary>The keys of `hmac` that are written out, in the order of their places.</summary>
    public IEnumerable<LiteralSyntax> Secrets => _secrets.OrderBy(s => s.Offset);

    /// <summary>Whether `event` stands somewhere without one of its fields.</summary>
    public bool UsesWholeEvent { get; private set; }

    public static NameCollector Collect(SyntaxNode root)
    {
        var collector = new NameCollector();
        collector.Visit(root);
        return collector;
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case NameSyntax name:
                UsesWholeEvent |= name.Name == "event" && !_variables.Contains("event");
                Add(name, null);
                break;
            case SelectSyntax { Operand: NameSyntax { Name: not "event" } name } select:
                Add(name, select.Name);
                break;
            case SelectSyntax { Operand: NameSyntax { Name: "event" } root } select when !_variables.Contains(root.Name):
                Add(select.Name, select.Name);
                break;
            case SelectSyntax select:
                Visit(select.Operand);
                break;
            case CallSyntax call:
                AddConstants(call);
                _keyedHashes += IsKeyedHash(call) ? 1 : 0;
                VisitAll(call.Arguments);
                _keyedHashes -= IsKeyedHash(call) ? 1 : 0;
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
            Add(name.Name, member is null ? name.Name : $"{name.Name}.{member}");
        }
    }

    private void Add(string name, string path)
    {
        _names.Add(name);
        _paths.Add(path);
        if (_keyedHashes == 0)
        {
            _openPaths.Add(path);
        }
    }

    private static bool IsKeyedHash(CallSyntax call) => call is { Function: "hmac", IsMember: false };

    private void AddConstants(CallSyntax call)
    {
        if (call is { Function: LookupFunctions.Name, IsMember: false, Arguments: [LiteralSyntax { Value.Kind: ValueKind.String } name, ..] })
        {
            _lookups.Add((System.Text.Encoding.UTF8.GetString(name.Value.Bytes), name.Offset));
        }

        if (call is { Function: "hmac", Arguments: [_, LiteralSyntax { End: > 0 } key] })
        {
            _secrets.Add(key);
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
