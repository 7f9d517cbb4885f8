namespace CloudPump.Tests.Analyzers;

/// <summary>An event with its place in its source, for naive models.</summary>
internal sealed record NaiveEvent(WindowEvent Event, int Partition, int Offset)
{
    public long Time => Event.Time;

    /// <summary>The key; a missing one is the empty text, which comes first.</summary>
    public string Key => Event.Key ?? "";

    /// <summary>Its place in the order by time and id.</summary>
    public (long Time, int Partition, int Offset) Place => (Time, Partition, Offset);
}
