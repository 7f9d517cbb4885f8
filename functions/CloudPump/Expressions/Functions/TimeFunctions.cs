namespace CloudPump.Expressions;

/// <summary>The parts of timestamps and durations.</summary>
internal static class TimeFunctions
{
    public static IEnumerable<Overload> All => [];
}
