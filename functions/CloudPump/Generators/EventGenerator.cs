using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Generators;

/// <summary>
/// Base of what makes several events of one. The new events stand where the old one stood, all of them or, when the event has a mistake anywhere, none: then the
/// whole event is a dead letter, so that its replay makes the same events again.
/// </summary>
public abstract class EventGenerator : IProcessor
{
    /// <summary>What a generator says when ids end.</summary>
    protected const string TooMany = "The event would become more events than ids can tell apart: some four million of one event, or fewer where generators follow one another.";

    private readonly ChildEvents _children = new();

    /// <inheritdoc/>
    public void Process(EventBatch batch)
    {
        // The rows that are added below are not gone through: this span was taken before.
        var rows = batch.Rows;
        _children.BeginBatch(batch);
        for (var place = 0; place < rows.Length; place++)
        {
            _children.Begin(rows[place], place);
            if (Generate(batch, rows[place], _children) is { } error)
            {
                _children.TakeBack();
                Fail(batch, rows[place], error);
            }
            else if (!_children.KeepsEvent)
            {
                batch.Remove(rows[place], Removal.Replaced);
            }
        }

        if (_children.Parents.Length > 0)
        {
            batch.OrderChildren(_children.Parents);
        }
    }

    /// <summary>Makes events of one event, or keeps it; returns what is wrong, or null.</summary>
    protected abstract string? Generate(EventBatch batch, int row, ChildEvents children);

    /// <summary>Gives an event up.</summary>
    private protected virtual void Fail(EventBatch batch, int row, string error) => batch.Fail(row, error);
}
