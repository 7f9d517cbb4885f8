namespace Azure.Messaging.EventHubs.Producer;

public sealed class EventDataBatch : IDisposable
{
    private readonly IList<EventData> _events;
    private readonly Func<EventData, bool> _tryAdd;

    internal EventDataBatch(long size, IList<EventData> events, Func<EventData, bool> tryAdd) => (MaximumSizeInBytes, _events, _tryAdd) = (size, events, tryAdd);

    public long MaximumSizeInBytes { get; }

    public int Count => _events.Count;

    public bool TryAdd(EventData eventData)
    {
        if (!_tryAdd(eventData))
        {
            return false;
        }

        _events.Add(eventData);
        return true;
    }

    public void Dispose()
    {
    }
}
