namespace CloudPump.Expressions;

/// <summary>What a letter group of a time pattern stands for.</summary>
internal enum TimePart : byte
{
    Literal,
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    DayName,
    Hour,
    Minute,
    Second,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    Offset,
}
