namespace CloudPump.Expressions;

/// <summary>The parts of timestamps (in UTC or a named zone) and durations.</summary>
internal static class TimeFunctions
{
    private static readonly EvaluationError BadZone = new("the time zone is unknown");

    private delegate long Part(DateTime time);

    public static IEnumerable<Overload> All =>
    [
        .. Both("getFullYear", t => t.Year),
        .. Both("getMonth", t => t.Month - 1),
        .. Both("getDate", t => t.Day),
        .. Both("getDayOfMonth", t => t.Day - 1),
        .. Both("getDayOfWeek", t => (long)t.DayOfWeek),
        .. Both("getDayOfYear", t => t.DayOfYear - 1),
        .. Both("getHours", t => t.Hour, 3_600_000_000_000),
        .. Both("getMinutes", t => t.Minute, 60_000_000_000),
        .. Both("getSeconds", t => t.Second, 1_000_000_000),
        .. Both("getMilliseconds", t => t.Millisecond, 1_000_000),
    ];

    // A unit above zero says that durations have this part too.
    private static IEnumerable<Overload> Both(string name, Part part, long unit = 0) =>
    [
        Overload.Of(name, true, (Scope _, in Value a) => InUtc(a, part, unit)),
        Overload.Of(name, true, (Scope _, in Value a, in Value zone) => InZone(a, zone, part)),
    ];

    private static Value InUtc(in Value a, Part part, long unit)
    {
        if (a.Kind == ValueKind.Duration && unit > 0)
        {
            // Whole units of the duration, but the milliseconds are those beyond its seconds.
            var nanos = unit == 1_000_000 ? a.DurationNanos % 1_000_000_000 : a.DurationNanos;
            return Value.Of(nanos / unit);
        }

        return a.Kind == ValueKind.Timestamp ? Value.Of(part(new DateTime(a.Ticks, DateTimeKind.Utc))) : Overload.None;
    }

    private static Value InZone(in Value a, in Value zone, Part part)
    {
        if (a.Kind != ValueKind.Timestamp || zone.Kind != ValueKind.String)
        {
            return Overload.None;
        }

        if (!Zone.TryOffset(zone.Bytes, a.Ticks, out var offset))
        {
            return Value.OfError(BadZone);
        }

        var ticks = Math.Clamp(a.Ticks + offset, 0, DateTime.MaxValue.Ticks);
        return Value.Of(part(new DateTime(ticks, DateTimeKind.Utc)));
    }
}
