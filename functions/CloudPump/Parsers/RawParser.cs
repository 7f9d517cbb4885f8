using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>Base of parsers: goes through the events' original bytes, and turns what cannot be parsed into dead letters.</summary>
public abstract class RawParser : IProcessor
{
    /// <inheritdoc/>
    public void Process(EventBatch batch)
    {
        foreach (var row in batch.Rows)
        {
            var error = batch.Header(row).RawLength < 0
                ? "The event came as fields, without original bytes: a pipeline that other pipelines send to needs no parser."
                : Parse(batch, row);
            if (error is not null)
            {
                batch.ClearFields(row);
                batch.Fail(row, error);
            }
            else
            {
                batch.MarkParsed(row);
            }
        }
    }

    /// <summary>Reads one event's fields from <see cref="EventBatch.Raw"/>; returns what is wrong, or null.</summary>
    protected abstract string? Parse(EventBatch batch, int row);
}
