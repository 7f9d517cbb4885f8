using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>Rates.</summary>
internal static class PerSecond
{
    /// <summary>Sets an amount per second of a length in ticks; null when there is no length (a session of one event).</summary>
    public static void Set(double amount, long length, EventBatch events, int row, ushort field)
    {
        if (length <= 0)
        {
            events.SetNull(row, field);
        }
        else
        {
            events.SetDouble(row, field, amount / (length / (double)TimeSpan.TicksPerSecond));
        }
    }
}
