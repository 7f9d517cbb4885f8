using CloudPump.Events;

namespace CloudPump.Pipelines;

/// <summary>
/// A running step of a pipeline. It works on a whole batch, is used by one thread at a time, and may keep scratch state.
/// An event that it cannot handle is given to <see cref="EventBatch.Fail"/>; it never throws because of an event.
/// </summary>
public interface IProcessor
{
    /// <summary>Works on the events in <see cref="EventBatch.Rows"/>.</summary>
    void Process(EventBatch batch);
}
