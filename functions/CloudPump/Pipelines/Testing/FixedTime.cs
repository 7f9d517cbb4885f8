namespace CloudPump.Pipelines.Testing;

/// <summary>A clock that stands still, so that a unit test gives the same on every day.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
