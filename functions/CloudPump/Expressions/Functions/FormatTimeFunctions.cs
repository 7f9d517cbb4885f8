using System.Text;

namespace CloudPump.Expressions;

/// <summary>`format_time`: a time as text, by a pattern.</summary>
internal static class FormatTimeFunctions
{
    private static readonly EvaluationError BadPattern = new("the pattern of the time is not one that format_time knows");
    private static readonly EvaluationError BadZone = new("the time zone is unknown");

    public static IEnumerable<Overload> All =>
    [
        Overload.Of("format_time", false, (Scope scope, in Value time, in Value pattern) =>
            time.Kind == ValueKind.Timestamp && pattern.Kind == ValueKind.String ? Format(scope, time, pattern, Zone.Utc) : Overload.None),
        Overload.Of("format_time", false, 3, InZone),
    ];

    private static Value InZone(Scope scope, ReadOnlySpan<Value> v)
    {
        if (v[0].Kind != ValueKind.Timestamp || v[1].Kind != ValueKind.String || v[2].Kind != ValueKind.String)
        {
            return Overload.None;
        }

        return Zone.TryFind(v[2].Bytes, out var zone) ? Format(scope, v[0], v[1], zone) : Value.OfError(BadZone);
    }

    // Constant patterns have their own node; one that comes with the event is read each time.
    private static Value Format(Scope scope, in Value time, in Value pattern, Zone zone) =>
        TimePattern.TryParse(Encoding.UTF8.GetString(pattern.Bytes), out _, out _) is { } parsed
            ? parsed.Write(scope, time, zone.OffsetAt(time.Ticks))
            : Value.OfError(BadPattern);
}
