using CloudPump.Analyzers.Ordered;

namespace CloudPump.Analyzers.Windows;

/// <summary>The events of a key in a sliding window.</summary>
internal sealed class SlidingKey : KeyState
{
    public SlidingQueue? Queue { get; set; }
}
