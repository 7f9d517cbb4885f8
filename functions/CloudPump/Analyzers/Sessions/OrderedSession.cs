using CloudPump.Analyzers.Ordered;

namespace CloudPump.Analyzers.Sessions;

/// <summary>The session of a key. A key without an open session is not kept.</summary>
internal sealed class OrderedSession : KeyState
{
    public bool IsOpen { get; set; }

    public long Start { get; set; }

    public long End { get; set; }

    public int Group { get; set; }
}
