using System.Globalization;
using CloudPump.Connectors.Files;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Connectors.Console;

/// <summary>Standard input. Every run is another input, so its name holds the time of the start: positions of different runs never mix.</summary>
internal sealed class StdinPartition(Stream input, int maxEvent, SourceContext context) : SourcePartition
{
    private const int BlockSize = 64 << 10;
    private const int MostKept = 64 << 20;
    private readonly string _name = "stdin:" + context.Time.GetUtcNow().Ticks.ToString(CultureInfo.InvariantCulture);
    private readonly ByteBuffer _pending = new(BlockSize);
    private long _position;
    private bool _ended;

    public override string Name => _name;

    public override Origin Origin => new(_name, 0);

    public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override async ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        batch.AddOrigin(Origin);
        while (!TryTake(batch))
        {
            if (_ended)
            {
                return ReadResult.End;
            }

            var read = await input.ReadAsync(_pending.GetMemory(BlockSize), cancellationToken);
            _pending.Advance(read);
            _ended = read == 0;
        }

        batch.NextOffset = _position;
        return ReadResult.Events;
    }

    public override async ValueTask DisposeAsync()
    {
        await input.DisposeAsync();
        await base.DisposeAsync();
    }

    private bool TryTake(EventBatch batch)
    {
        var text = _pending.Written;
        var usable = _ended || context.WholeDocuments ? (_ended ? text.Length : 0) : text.LastIndexOf((byte)'\n') + 1;
        if (usable == 0 && text.Length <= MostKept)
        {
            return false;
        }

        usable = usable == 0 ? text.Length : usable;
        AddLines(batch, text[..usable]);
        var rest = text[usable..].ToArray();
        _pending.Clear();
        _pending.Write(rest);
        _position += usable;
        return true;
    }

    private void AddLines(EventBatch batch, ReadOnlySpan<byte> text)
    {
        var start = batch.Append(text);
        var received = context.Time.GetUtcNow().Ticks;
        if (context.WholeDocuments)
        {
            var row = batch.Add(new EventHeader { RawOffset = start, RawLength = text.Length, Offset = _position, Received = received });
            if (text.Length > maxEvent)
            {
                batch.Step = -1;
                batch.Fail(row, LineFraming.TooLong(text.Length, maxEvent));
            }
        }
        else
        {
            LineFraming.Add(batch, start, text.Length, _position, received, maxEvent);
        }
    }
}
