namespace CloudPump.Connectors.Generate;

/// <summary>The event time of samples that are made as fast as they are taken: 1,000 events to a second from a fixed start, so that the same seed gives the same bytes.</summary>
public static class SampleTime
{
    private static readonly DateTimeOffset Start = new(2026, 10, 10, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time of an event by its number.</summary>
    public static DateTimeOffset Of(long number) => Start.AddMilliseconds(number);
}
