using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>Base of parsers: goes through the events' original bytes, and turns what cannot be parsed into dead letters.</summary>
public abstract class RawParser : IProcessor
{
    /// <summary>What is said of events that have no original bytes.</summary>
    internal const string NoOriginal = "The event came as fields, without original bytes: a pipeline that other pipelines send to needs no parser.";

    /// <inheritdoc/>
    public void Process(EventBatch batch)
    {
        foreach (var row in batch.Rows)
        {
            var error = batch.Header(row).RawLength < 0
                ? NoOriginal
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
