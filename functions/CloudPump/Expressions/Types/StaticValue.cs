namespace CloudPump.Expressions;

/// <summary>What is known of a part of an expression before there is an event.</summary>
internal sealed class StaticValue
{
    /// <summary>Anything: a field, or what depends on one.</summary>
    public static readonly StaticValue Dyn = new();
    private static readonly StaticValue[] Plain = [.. Enum.GetValues<ValueKind>().Select(k => new StaticValue { Kind = k })];

    /// <summary>The type; null when it is not known.</summary>
    public ValueKind? Kind { get; private init; }

    /// <summary>The value, where it is the same for every event.</summary>
    public Value? Constant { get; private init; }

    /// <summary>What the items of a list or the values of a map are.</summary>
    public StaticValue Item { get => field ?? Dyn; private init; }

    /// <summary>What the keys of a map are.</summary>
    public StaticValue Key { get => field ?? Dyn; private init; }

    public static StaticValue Of(ValueKind kind) => Plain[(int)kind];

    public static StaticValue Of(in Value constant, StaticValue? item = null, StaticValue? key = null) =>
        new() { Kind = constant.Kind, Constant = constant, Item = item!, Key = key! };

    public static StaticValue List(StaticValue item) => new() { Kind = ValueKind.List, Item = item };

    public static StaticValue Map(StaticValue key, StaticValue item) => new() { Kind = ValueKind.Map, Key = key, Item = item };

    /// <summary>What is true of all of them; of none, nothing is known.</summary>
    public static StaticValue Common(IEnumerable<StaticValue> values)
    {
        StaticValue? common = null;
        foreach (var value in values)
        {
            common = common is null ? value : Common(common, value);
        }

        return common is null ? Dyn : common.WithoutConstant();
    }

    private static StaticValue Common(StaticValue a, StaticValue b)
    {
        if (a.Kind != b.Kind || a.Kind is not { } kind)
        {
            return Dyn;
        }

        return kind switch
        {
            ValueKind.List => List(Common(a.Item, b.Item)),
            ValueKind.Map => Map(Common(a.Key, b.Key), Common(a.Item, b.Item)),
            _ => Of(kind),
        };
    }

    private StaticValue WithoutConstant() => Constant is null ? this : Common(this, this);
}
