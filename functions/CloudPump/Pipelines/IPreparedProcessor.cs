using CloudPump.Events;

namespace CloudPump.Pipelines;

/// <summary>A step that has to wait for something outside before it can work on a batch, such as answers of a service.</summary>
public interface IPreparedProcessor : IProcessor
{
    /// <summary>Fetches what the events need; it leaves the batch as it is. What goes wrong is told by <see cref="IProcessor.Process"/>, event by event.</summary>
    ValueTask PrepareAsync(EventBatch batch, CancellationToken cancellationToken);
}
