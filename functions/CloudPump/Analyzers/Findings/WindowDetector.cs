using CloudPump.Events;

namespace CloudPump.Analyzers.Findings;

/// <summary>Looks for something in the windows of all keys, in the order in which they are closed.</summary>
internal abstract class WindowDetector(DetectOption rule)
{
    /// <summary>What it was made from.</summary>
    public DetectOption Rule => rule;

    /// <summary>Whether a window without events would tell it something.</summary>
    public virtual bool WantsEmptyWindows => false;

    /// <summary>Sees a key's value in the window at hand; keys come in order.</summary>
    public abstract void See(ReadOnlySpan<byte> key, double value);

    /// <summary>The window at hand is complete.</summary>
    public abstract void Close(long start, FindingWriter findings);

    /// <summary>Writes what it remembers.</summary>
    public abstract void Save(ByteBuffer output);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public abstract void Load(ref ByteReader input);
}
