namespace CloudPump.Expressions;

/// <summary>Lists and maps: their size, items and keys.</summary>
internal static class Containers
{
    /// <summary>How many items or entries there are.</summary>
    public static long Count(in Value container, Scope scope)
    {
        switch (container.Reference)
        {
            case ListValue list:
                return list.Count;
            case MapObject map:
                return map.Count;
            default:
                var walker = new Walker(container);
                var count = 0L;
                while (walker.Next(scope, out _, out _))
                {
                    count++;
                }

                return count;
        }
    }

    /// <summary>The value of a map's key; false when it has no such key.</summary>
    public static bool TryGet(in Value map, in Value key, Scope scope, out Value value)
    {
        value = default;
        if (map.Reference is MapObject made)
        {
            return made.TryGet(key, out value);
        }

        var json = map.Bytes;
        if (key.Kind != ValueKind.String || !JsonView.TryFind(json, key.Bytes, Events.JsonText.IsPlain(key.Bytes), scope, out var start))
        {
            return false;
        }

        value = JsonView.DecodeAt(map, json, start, scope);
        return true;
    }

    /// <summary>`container[key]`.</summary>
    public static Value Index(Scope scope, in Value container, in Value key)
    {
        if (container.Kind == ValueKind.Map)
        {
            return TryGet(container, key, scope, out var value) ? value : Value.OfError(EvaluationError.NoSuchKey);
        }

        if (container.Kind != ValueKind.List || !TryIndex(key, out var index))
        {
            return Overload.None;
        }

        return Item(container, index, scope);
    }

    /// <summary>`item in container`.</summary>
    public static Value In(Scope scope, in Value item, in Value container)
    {
        if (container.Kind == ValueKind.Map)
        {
            return Value.Of(TryGet(container, item, scope, out _));
        }

        if (container.Kind != ValueKind.List)
        {
            return Overload.None;
        }

        var walker = new Walker(container);
        while (walker.Next(scope, out _, out var candidate))
        {
            if (!scope.Spend())
            {
                return Value.OfError(EvaluationError.TooMuchWork);
            }

            var truth = Equality.Of(item, candidate, scope);
            if (truth != Truth.False)
            {
                return truth == Truth.True ? Value.Of(true) : scope.Failure;
            }
        }

        return Value.Of(false);
    }

    private static bool TryIndex(in Value key, out long index)
    {
        index = key.AsInt;
        if (key.Kind == ValueKind.Double)
        {
            index = (long)key.AsDouble;
            return index == key.AsDouble;
        }

        return key.Kind is ValueKind.Int or ValueKind.UInt;
    }

    private static Value Item(in Value container, long index, Scope scope)
    {
        if (container.Reference is ListValue list)
        {
            return (ulong)index < (ulong)list.Count ? list[(int)index] : Value.OfError(EvaluationError.IndexOutOfRange);
        }

        var walker = new Walker(container);
        while (index >= 0 && walker.Next(scope, out var at, out var item))
        {
            if (at.AsInt == index)
            {
                return item;
            }
        }

        return Value.OfError(EvaluationError.IndexOutOfRange);
    }
}
