namespace CloudPump.Pipelines;

/// <summary>
/// The counts of one pipeline in this run. It always adds up: received + generated = delivered + filtered + moved + dead + in flight.
/// </summary>
public readonly record struct Accounting(long Received, long Generated, long Delivered, long Filtered, long Moved, long Dead, long Late, long ClosedEarly = 0)
{
    /// <summary>Events that are neither done nor gone.</summary>
    public long InFlight => Received + Generated - Delivered - Filtered - Moved - Dead;

    /// <summary>Adds two counts.</summary>
    public static Accounting operator +(Accounting a, Accounting b) => new(
        a.Received + b.Received, a.Generated + b.Generated, a.Delivered + b.Delivered, a.Filtered + b.Filtered, a.Moved + b.Moved, a.Dead + b.Dead, a.Late + b.Late,
        a.ClosedEarly + b.ClosedEarly);
}
