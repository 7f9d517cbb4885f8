using CloudPump.Events;

namespace CloudPump.Hosting.Invocations;

/// <summary>The dead letters of a pipeline that are replayed, as a source partition of its own: it holds back no analyzer's time.</summary>
internal sealed class ReplayedPartition(string pipeline, IReadOnlyList<string> stepNames) : SourcePartition
{
    private DeadLetter? _letter;

    public override string Name { get; } = PartitionNames.OfReplay(pipeline);

    public override Origin Origin => new(Name, 0);

    public override bool HoldsTimeBack => false;

    public override int EntryStep(EventBatch batch) => ReplayedLetter.EntryStep(_letter!, stepNames);

    public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken) => new(ReadResult.End);

    /// <summary>Fills the batch with one letter; its number is its position. Replays that run side by side keep no order, so nobody may take a lower number for a repeat.</summary>
    public void Fill(EventBatch batch, KeptLetter letter)
    {
        _letter = letter.Letter;
        ReplayedLetter.Add(batch, _letter);
        batch.SetHop(0, batch.AddHop(new Hop(Name, Ordered: false)), letter.Number);
        batch.NextOffset = letter.Number + 1;
    }
}
