namespace CloudPump.Expressions;

/// <summary>Arithmetic of timestamps and durations, in nanoseconds.</summary>
internal static class TimeMath
{
    private const long TickNanos = 100;

    /// <summary>A timestamp as nanoseconds since 0001-01-01.</summary>
    public static Int128 Total(in Value timestamp) => ((Int128)timestamp.Ticks * TickNanos) + timestamp.Nanos;

    /// <summary>A duration, or an error when it is beyond 64 bits (about 292 years).</summary>
    public static Value Duration(Int128 nanos) => nanos >= long.MinValue && nanos <= long.MaxValue
        ? Value.OfDuration((long)nanos)
        : Value.OfError(EvaluationError.Overflow);

    /// <summary>A timestamp some time later or earlier.</summary>
    public static Value Shift(in Value timestamp, Int128 nanos) => Timestamp(Total(timestamp) + nanos);

    /// <summary>A timestamp from nanoseconds since 0001-01-01, or an error when it is outside of the years 1 to 9999.</summary>
    public static Value Timestamp(Int128 total)
    {
        if (total < 0 || total / TickNanos > DateTime.MaxValue.Ticks)
        {
            return Value.OfError(EvaluationError.Overflow);
        }

        return Value.OfTimestamp((long)(total / TickNanos), (int)(total % TickNanos));
    }
}
