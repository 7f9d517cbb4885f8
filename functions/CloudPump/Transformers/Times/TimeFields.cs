namespace CloudPump.Transformers.Times;

/// <summary>What a text tells of a time.</summary>
internal struct TimeFields
{
    /// <summary>The year; 0 when the text has none.</summary>
    public int Year;

    /// <summary>The month.</summary>
    public int Month;

    /// <summary>The day of the month.</summary>
    public int Day;

    /// <summary>The hour, or with <see cref="Half"/> that of a half day.</summary>
    public int Hour;

    /// <summary>The half of the day: 0 in the first, 12 in the second, -1 when hours count to 23.</summary>
    public int Half;

    /// <summary>The minute.</summary>
    public int Minute;

    /// <summary>The second.</summary>
    public int Second;

    /// <summary>Nanoseconds of the second.</summary>
    public int Nanos;

    /// <summary>How far the text's zone is ahead of UTC, in ticks; null when it has none.</summary>
    public long? Offset;
}
