namespace CloudPump.Expressions;

/// <summary>The string functions of the language itself.</summary>
internal static class StringFunctions
{
    private static readonly EvaluationError BadPattern = new("the pattern is no regular expression");

    public static IEnumerable<Overload> All =>
    [
        Overload.Of("startsWith", true, (Scope _, in Value a, in Value b) => AreTexts(a, b) ? Value.Of(a.Bytes.StartsWith(b.Bytes)) : Overload.None),
        Overload.Of("endsWith", true, (Scope _, in Value a, in Value b) => AreTexts(a, b) ? Value.Of(a.Bytes.EndsWith(b.Bytes)) : Overload.None),
        Overload.Of("contains", true, (Scope _, in Value a, in Value b) => AreTexts(a, b) ? Value.Of(a.Bytes.IndexOf(b.Bytes) >= 0) : Overload.None),
        Overload.Of("matches", true, Matches),
        Overload.Of("matches", false, Matches),
    ];

    public static bool AreTexts(in Value a, in Value b) => a.Kind == ValueKind.String && b.Kind == ValueKind.String;

    // A constant pattern has its own node; one that comes with the event is compiled each time.
    private static Value Matches(Scope scope, in Value a, in Value b)
    {
        if (!AreTexts(a, b))
        {
            return Overload.None;
        }

        return Pattern.TryCreate(System.Text.Encoding.UTF8.GetString(b.Bytes), out var pattern, out _)
            ? Value.Of(pattern.IsMatch(a.Bytes, scope))
            : Value.OfError(BadPattern);
    }
}
