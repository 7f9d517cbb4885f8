namespace CloudPump.Expressions;

/// <summary>A function of one argument.</summary>
internal delegate Value Function1(Scope scope, in Value a);

/// <summary>A function of two arguments.</summary>
internal delegate Value Function2(Scope scope, in Value a, in Value b);

/// <summary>A function of three or more arguments, or of none.</summary>
internal delegate Value FunctionN(Scope scope, ReadOnlySpan<Value> arguments);

/// <summary>A function with a number of arguments (a receiver counts as the first); it sees no errors among them.</summary>
internal sealed class Overload
{
    private Overload(string name, bool isMember, int count, bool isPure)
    {
        Name = name;
        IsMember = isMember;
        Count = count;
        IsPure = isPure;
    }

    /// <summary>What a function returns for types that it does not take; the caller names the function and the types.</summary>
    public static Value None { get; } = Value.OfError(new EvaluationError("no such overload"));

    public string Name { get; }

    public bool IsMember { get; }

    /// <summary>How many arguments; -1 for any number from one.</summary>
    public int Count { get; }

    /// <summary>Whether the result depends on the arguments alone.</summary>
    public bool IsPure { get; }

    public Function1? One { get; private init; }

    public Function2? Two { get; private init; }

    public FunctionN? Many { get; private init; }

    public static Overload Of(string name, bool isMember, Function1 body) => new(name, isMember, 1, true) { One = body };

    public static Overload Of(string name, bool isMember, Function2 body) => new(name, isMember, 2, true) { Two = body };

    public static Overload Of(string name, bool isMember, int count, FunctionN body, bool isPure = true) =>
        new(name, isMember, count, isPure) { Many = body };
}
