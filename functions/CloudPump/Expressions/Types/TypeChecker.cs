namespace CloudPump.Expressions;

/// <summary>
/// Finds what must fail for every event: types that an operator or function does not take, and constants that it cannot take. Whatever may work for
/// some event is let pass, and so is an error that the expression itself absorbs, as `true || 1 / 0 > 1` does.
/// </summary>
internal sealed partial class TypeChecker
{
    private readonly List<(string Name, StaticValue Value)> _variables = [];

    // Above zero where an error need not be the whole expression's: another operand may decide, or the part may not be evaluated at all.
    private int _absorbing;

    /// <summary>The type of what the expression yields; null when it is not known.</summary>
    /// <exception cref="ExpressionException">A part of the expression fails for every event.</exception>
    public static ValueKind? Check(SyntaxNode root) => new TypeChecker().Visit(root).Kind;

    private StaticValue Visit(SyntaxNode node) => node switch
    {
        LiteralSyntax literal => StaticValue.Of(literal.Value),
        NameSyntax name => VisitName(name),
        SelectSyntax select => VisitSelect(select),
        ListSyntax list => VisitList(list),
        MapSyntax map => VisitMap(map),
        LoopSyntax loop => VisitLoop(loop),
        BindSyntax bind => VisitBind(bind),
        CallSyntax call => VisitCall(call),
        _ => StaticValue.Dyn,
    };

    private StaticValue VisitName(NameSyntax name)
    {
        if (name.IsAbsolute)
        {
            return StaticValue.Dyn;
        }

        var index = _variables.FindLastIndex(v => string.Equals(v.Name, name.Name, StringComparison.Ordinal));
        return index >= 0 ? _variables[index].Value : name.Name is "event" or "meta" ? StaticValue.Of(ValueKind.Map) : StaticValue.Dyn;
    }

    private StaticValue VisitSelect(SelectSyntax select)
    {
        var operand = Visit(select.Operand);
        if (operand.Kind is { } kind and not (ValueKind.Map or ValueKind.Null))
        {
            throw new ExpressionException($"{KindNames.Capital(kind)} has no '{select.Name}'; only objects have members.", select.Offset);
        }

        if (select.IsTest)
        {
            return StaticValue.Of(ValueKind.Bool);
        }

        return select.Operand is NameSyntax { Name: "meta", IsAbsolute: false } && operand.Kind == ValueKind.Map ? MetaPart(select.Name, operand) : operand.Item;
    }

    private StaticValue MetaPart(string part, StaticValue operand) => _variables.Exists(v => v.Name == "meta") ? operand.Item : part switch
    {
        "partition" or "offset" or "index" => StaticValue.Of(ValueKind.Int),
        "received" => StaticValue.Of(ValueKind.Timestamp),
        _ => StaticValue.Of(ValueKind.String),
    };

    private StaticValue VisitList(ListSyntax list)
    {
        StaticValue[] items = [.. list.Items.Select(Visit)];
        var made = StaticValue.List(StaticValue.Common(items));
        return AreConstant(items) ? FoldMade(new ListNode(Constants(items)), list.Offset, made) : made;
    }

    private StaticValue VisitMap(MapSyntax map)
    {
        StaticValue[] entries = [.. map.Entries.Select(Visit)];
        StaticValue[] keys = [.. entries.Where((_, i) => i % 2 == 0)];
        StaticValue[] values = [.. entries.Where((_, i) => i % 2 == 1)];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Kind is { } kind and not (ValueKind.Bool or ValueKind.Int or ValueKind.UInt or ValueKind.String))
            {
                throw new ExpressionException($"The key of an object is a string, an integer or a bool, not {KindNames.Of(kind)}.", SyntaxStart.Of(map.Entries[2 * i]));
            }
        }

        var made = StaticValue.Map(StaticValue.Common(keys), StaticValue.Common(values));
        return AreConstant(entries) ? FoldMade(new MapNode(Constants(keys), Constants(values)), map.Offset, made) : made;
    }

    private StaticValue VisitBind(BindSyntax bind)
    {
        // The value's error is the variable's, which the body may absorb.
        var value = Absorbed(bind.Value);
        _variables.Add((bind.Variable, value));
        var body = Visit(bind.Body);
        _variables.RemoveAt(_variables.Count - 1);
        return body;
    }

    private StaticValue VisitLoop(LoopSyntax loop)
    {
        var range = Visit(loop.Range);
        if (range.Kind is { } kind and not (ValueKind.List or ValueKind.Map))
        {
            throw new ExpressionException($"Only lists and objects can be gone through, not {KindNames.Of(kind)}.", SyntaxStart.Of(loop.Range));
        }

        var count = _variables.Count;
        var first = range.Kind == ValueKind.Map ? range.Key : range.Kind is null ? StaticValue.Dyn : loop.Second is null ? range.Item : StaticValue.Of(ValueKind.Int);
        _variables.Add((loop.Variable, first));
        if (loop.Second is not null)
        {
            _variables.Add((loop.Second, range.Item));
        }

        var result = VisitBody(loop, first);
        _variables.RemoveRange(count, _variables.Count - count);
        return result;
    }

    private StaticValue VisitBody(LoopSyntax loop, StaticValue key)
    {
        if (loop.Filter is not null)
        {
            Require(loop.Filter, Absorbed(loop.Filter), "The condition of a macro");
        }

        var body = Absorbed(loop.Body);
        switch (loop.Kind)
        {
            case LoopKind.List:
                return StaticValue.List(StaticValue.Common([body]));
            case LoopKind.Map:
                return StaticValue.Map(key, StaticValue.Common([body]));
            default:
                Require(loop.Body, body, "The condition of a macro");
                return StaticValue.Of(ValueKind.Bool);
        }
    }

    private StaticValue Absorbed(SyntaxNode node)
    {
        _absorbing++;
        var value = Visit(node);
        _absorbing--;
        return value;
    }

    private static void Require(SyntaxNode node, StaticValue value, string what)
    {
        if (value.Kind is { } kind and not ValueKind.Bool)
        {
            throw new ExpressionException($"{what} takes true or false, not {KindNames.Of(kind)}; {KindNames.Comparison(kind)}.", SyntaxStart.Of(node));
        }
    }

    private static bool AreConstant(StaticValue[] values) => Array.TrueForAll(values, v => v.Constant is not null);

    private static Node[] Constants(StaticValue[] values) => [.. values.Select(v => new ConstantNode(v.Constant!.Value))];
}
