using CloudPump.Events;
using CloudPump.Hosting.Parcels;

namespace CloudPump.Hosting.Invocations;

/// <summary>Fills a batch from the messages of one invocation. What was seen before is left out; what cannot be read becomes a dead letter with its bytes.</summary>
/// <param name="source">The partition that they come from.</param>
/// <param name="ordered">The transport keeps the order of its messages.</param>
/// <param name="seen">What earlier invocations have had.</param>
internal sealed class ReceivedDecoder(SourcePartition source, bool ordered, SeenEvents seen)
{
    /// <summary>What the batch adds to what was seen, once it is accepted.</summary>
    public SeenEvents Fresh { get; } = new();

    /// <summary>Empties the batch and fills it.</summary>
    public void Fill(EventBatch batch, IReadOnlyList<Received> messages)
    {
        batch.Clear();
        Fresh.Clear();
        foreach (var message in messages)
        {
            if (message.ContentType?.StartsWith(Parcel.ContentType, StringComparison.OrdinalIgnoreCase) == true)
            {
                AddParcel(batch, message);
            }
            else if (!ordered && IsRepeat(message))
            {
                continue;
            }
            else if (message.ContentType?.StartsWith(Received.Ndjson, StringComparison.OrdinalIgnoreCase) == true)
            {
                AddLines(batch, message);
            }
            else
            {
                AddRaw(batch, message, message.Body.Span, 0);
            }

            batch.NextOffset = message.Position + 1;
        }
    }

    // Where there is order, the position in the progress row tells.
    private bool IsRepeat(Received message)
    {
        if (seen.Contains(source.Name, message.Position))
        {
            return true;
        }

        Fresh.Add(source.Name, message.Position, message.Position);
        return false;
    }

    private void AddParcel(EventBatch batch, Received message)
    {
        var rows = batch.RowCount;
        try
        {
            var parcel = ParcelCodec.Read(message.Body);
            var hop = parcel.NextHop with { Ordered = ordered && parcel.Hop.Ordered };
            foreach (var block in parcel.Blocks)
            {
                AddBlock(batch, block, hop);
            }

            foreach (var block in parcel.Blocks.Where(b => b.Positions.Count > 0))
            {
                Fresh.Add(hop.Path, hop.Ordered ? long.MinValue : block.Positions[0].Position, block.Positions[^1].Position);
            }
        }
        catch (InvalidDataException e)
        {
            // All or nothing: the message is kept whole, so no part of it goes on.
            batch.TakeBackFrom(rows);
            batch.Step = -1;
            batch.Fail(AddRaw(batch, message, message.Body.Span, 0), $"The message from another pipeline cannot be read: {e.Message}");
        }
    }

    private void AddBlock(EventBatch batch, ParcelBlock block, Hop hop)
    {
        var positions = new List<long>();
        foreach (var (position, count) in block.Positions)
        {
            var skip = seen.Contains(hop.Path, position) || Fresh.Contains(hop.Path, position);
            positions.AddRange(Enumerable.Repeat(skip ? long.MinValue : position, count));
        }

        var row = batch.RowCount;
        EventBlockReader.Read(block.Block.Span, batch, i => i >= positions.Count || positions[i] == long.MinValue);
        var index = batch.AddHop(hop);
        foreach (var position in positions.Where(p => p != long.MinValue))
        {
            batch.SetHop(row++, index, position);
        }
    }

    private void AddLines(EventBatch batch, Received message)
    {
        var index = 0;
        foreach (var line in message.Body.Span.Split((byte)'\n'))
        {
            var text = message.Body.Span[line];
            text = text is [.. var rest, (byte)'\r'] ? rest : text;
            if (text.Length > 0)
            {
                AddRaw(batch, message, text, index++);
            }
        }
    }

    private int AddRaw(EventBatch batch, Received message, ReadOnlySpan<byte> bytes, int index) => batch.Add(new EventHeader
    {
        Origin = batch.AddOrigin(source.Origin),
        Offset = message.Position,
        Index = index,
        Hop = batch.AddHop(PartitionNames.WayOf(source, source.Identity, ordered)),
        Position = message.Position,
        Received = message.Enqueued.UtcTicks,
        RawOffset = batch.Append(bytes),
        RawLength = bytes.Length,
    });
}
