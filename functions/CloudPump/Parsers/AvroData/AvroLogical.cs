namespace CloudPump.Parsers.AvroData;

/// <summary>What a value of a type means (specification 1.12, "Logical Types").</summary>
internal enum AvroLogical
{
    None,
    Date,
    TimeMillis,
    TimeMicros,
    TimestampMillis,
    TimestampMicros,
    TimestampNanos,
    LocalTimestampMillis,
    LocalTimestampMicros,
    LocalTimestampNanos,
    Decimal,
    Uuid,
    Duration,
}
