using System.Buffers;

namespace CloudPump.Connectors.Generate;

/// <summary>Writes sample events. A line depends on the seed, its number and its time only, so every run can be repeated exactly.</summary>
public interface ISampleGenerator
{
    /// <summary>The name used on the command line and in YAML.</summary>
    string Name { get; }

    /// <summary>Writes one event as one line, without the line break. Several threads may call it at once.</summary>
    /// <param name="number">The event's number; the same number gives the same event.</param>
    /// <param name="time">When the event happened.</param>
    /// <param name="output">Where the line goes.</param>
    void Write(long number, DateTimeOffset time, IBufferWriter<byte> output);
}
