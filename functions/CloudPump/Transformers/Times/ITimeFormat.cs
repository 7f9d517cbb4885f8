using CloudPump.Events;

namespace CloudPump.Transformers.Times;

/// <summary>Reads times of one format.</summary>
internal interface ITimeFormat
{
    /// <summary>Reads a value; false when it is not of the format.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="value">The value.</param>
    /// <param name="received">When the event was received, in UTC ticks: where a text has no year, that nearest to it counts.</param>
    /// <param name="time">The time, as a slot.</param>
    bool TryRead(EventBatch batch, in Slot value, long received, out Slot time);
}
