using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Pipelines;

/// <summary>Turns the failures of batches into dead letters and keeps them until the next commit.</summary>
internal sealed class DeadLetterBox(string pipeline, IReadOnlyList<string> stepNames, BuildContext context)
{
    private readonly EventBlockWriter _writer = new(context.Fields);
    private List<DeadLetter> _letters = [];

    public void Take(EventBatch batch)
    {
        foreach (var failure in batch.Failures)
        {
            _letters.Add(Letter(batch, failure));
        }
    }

    public IReadOnlyList<DeadLetter> TakeAll()
    {
        var letters = _letters;
        _letters = [];
        return letters;
    }

    private DeadLetter Letter(EventBatch batch, Failure failure)
    {
        ref readonly var header = ref batch.Header(failure.Row);
        _writer.Clear();
        if (!batch.IsRaw(failure.Row))
        {
            _writer.Add(batch, failure.Row);
        }

        return new DeadLetter(
            pipeline,
            failure.Step < 0 ? "source" : stepNames[failure.Step],
            failure.Step,
            failure.Reason,
            batch.Id(failure.Row),
            context.Time.GetUtcNow(),
            header.RawLength >= 0 ? batch.Raw(failure.Row).ToArray() : null,
            _writer.Count > 0 ? _writer.ToBlock(batch.Origins[header.Origin]) : null);
    }
}
