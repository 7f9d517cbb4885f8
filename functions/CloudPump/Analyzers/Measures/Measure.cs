using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// One measure over groups of events, held column-wise: partial aggregates that can be written, merged in any order with the same result, and turned
/// into a field.
/// </summary>
public abstract class Measure
{
    /// <summary>Makes room for group <paramref name="group"/>, with the state "nothing seen".</summary>
    public abstract void AddGroup(int group);

    /// <summary>Takes one event's value; missing and null are not given.</summary>
    public abstract void Add(int group, in Value value);

    /// <summary>Takes one event's integer: the common case, without a value around it.</summary>
    public virtual void AddInteger(int group, long value) => Add(group, Value.Of(value));

    /// <summary>Writes a group's state.</summary>
    public abstract void Write(int group, ByteBuffer output);

    /// <summary>Adds a written state to a group.</summary>
    public abstract void Merge(int group, ref ByteReader input);

    /// <summary>Sets the result as a field; null when nothing was seen.</summary>
    public abstract void Result(int group, EventBatch events, int row, ushort field);
}
