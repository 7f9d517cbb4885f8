namespace CloudPump.Expressions;

/// <summary>A table that `lookup` asks. It may be asked by several threads at once.</summary>
public interface ILookupTable
{
    /// <summary>Finds an entry; allocates nothing.</summary>
    /// <param name="key">The key's parts: one value, or the items of the list that the expression gives. Valid during the call only; none is an error.</param>
    /// <param name="now">When the event was received, in UTC ticks: by that time entries grow old.</param>
    /// <param name="value">
    /// The entry's value: a scalar, or an object or list as JSON text (<see cref="Value.OfJson"/>), whose bytes stay as they are for as long as
    /// somebody refers to them.
    /// </param>
    /// <returns>False when there is no entry.</returns>
    bool TryGet(ReadOnlySpan<Value> key, long now, out Value value);
}
