namespace CloudPump.Tests.Embedded;

/// <summary>
/// A clock that stands still and strikes at one of the times when it is asked: sources, dead letters, and the store in the middle of its transaction ask it, so
/// a fault can happen in all of these places.
/// </summary>
internal sealed class FaultyClock(int countdown, Action strike) : TimeProvider
{
    private int _left = countdown;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => 1;

    public override DateTimeOffset GetUtcNow()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            strike();
        }

        return new DateTimeOffset(2026, 10, 10, 12, 0, 0, TimeSpan.Zero);
    }
}
