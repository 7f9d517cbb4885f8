using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// One measure over groups of events, held column-wise: partial aggregates that can be written, merged in any order with the same result, and turned
/// into a field.
/// </summary>
public abstract class Measure
{
    /// <summary>Whether <see cref="Stamp"/> must be called before every <see cref="Add"/>.</summary>
    public virtual bool NeedsStamp => false;

    /// <summary>Gives group <paramref name="group"/> the state "nothing seen", whatever it held before; groups are recycled by number.</summary>
    public abstract void AddGroup(int group);

    /// <summary>Tells which event the next value is of.</summary>
    public virtual void Stamp(in EventStamp stamp)
    {
    }

    /// <summary>Takes one event's value; missing and null are not given.</summary>
    public abstract void Add(int group, in Value value);

    /// <summary>Takes one event's integer: the common case, without a value around it.</summary>
    public virtual void AddInteger(int group, long value) => Add(group, Value.Of(value));

    /// <summary>Writes a group's state.</summary>
    public abstract void Write(int group, ByteBuffer output);

    /// <summary>Adds a written state to a group.</summary>
    /// <exception cref="InvalidDataException">The state is damaged.</exception>
    public abstract void Merge(int group, ref ByteReader input);

    /// <summary>Sets the result as a field; null when nothing was seen.</summary>
    /// <param name="group">The group.</param>
    /// <param name="length">The window's length in ticks.</param>
    /// <param name="events">The results.</param>
    /// <param name="row">The result's row.</param>
    /// <param name="field">The field.</param>
    public abstract void Result(int group, long length, EventBatch events, int row, ushort field);
}
