using CloudPump.Events;

namespace CloudPump.Hosting;

/// <summary>A dead letter on its way through its pipeline again: under its old id, from the processor that failed on.</summary>
public static class ReplayedLetter
{
    /// <summary>Adds the letter's event to a batch.</summary>
    public static void Add(EventBatch batch, DeadLetter letter)
    {
        var raw = letter.Raw;
        if (letter.Event is null || (letter.Step <= 0 && raw is not null))
        {
            batch.Add(new EventHeader
            {
                Origin = batch.AddOrigin(new Origin(letter.Id.Stream, letter.Id.Partition)),
                Offset = letter.Id.Offset,
                Index = letter.Id.Index,
                Received = letter.Time.UtcTicks,
                RawOffset = batch.Append(raw ?? []),
                RawLength = raw?.Length ?? -1,
            });
            return;
        }

        var row = batch.RowCount;
        EventBlockReader.Read(letter.Event, batch);
        if (raw is not null)
        {
            batch.RestoreRaw(row, raw);
        }
    }

    /// <summary>
    /// The step at which a letter enters. After a fix the processor may stand elsewhere: by index when it is still the same one there, else by name. When it is
    /// gone, what stands in its place goes on, so that no step before it comes twice.
    /// </summary>
    public static int EntryStep(DeadLetter letter, IReadOnlyList<string> stepNames)
    {
        if (letter.Step < 0 || (letter.Step < stepNames.Count && stepNames[letter.Step] == letter.Processor))
        {
            return Math.Max(letter.Step, 0);
        }

        for (var i = 0; i < stepNames.Count; i++)
        {
            if (stepNames[i] == letter.Processor)
            {
                return i;
            }
        }

        return Math.Min(letter.Step, stepNames.Count - 1);
    }
}
