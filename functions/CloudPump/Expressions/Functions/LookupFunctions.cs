namespace CloudPump.Expressions;

/// <summary>`lookup`, as far as the table of functions knows it: the binder makes a <see cref="LookupNode"/> of every call.</summary>
internal static class LookupFunctions
{
    public const string Name = "lookup";
    private static readonly Value NoTables = Value.OfError(new EvaluationError("there are no lookup tables here"));

    public static IEnumerable<Overload> All =>
    [
        Overload.Of(Name, false, 2, NotBound, isPure: false),
        Overload.Of(Name, false, 3, NotBound, isPure: false),
    ];

    private static Value NotBound(Scope scope, ReadOnlySpan<Value> arguments) => arguments[0].Kind == ValueKind.String ? NoTables : Overload.None;
}
