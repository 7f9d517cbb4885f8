using System.Text;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Embedded;

/// <summary>A source whose partitions do what a test says; the position is the number of the next event.</summary>
[Component(ComponentKind.Source, "scripted", "Brings what a test says.")]
internal sealed class ScriptedSource(params IReadOnlyList<ScriptedInput> inputs) : SourceDefinition
{
    public ScriptedSource()
        : this([])
    {
    }

    public override ValueTask<IReadOnlyList<SourcePartition>> OpenAsync(SourceContext context, CancellationToken cancellationToken) =>
        new([.. inputs.Select(i => new Partition(i, context.Time))]);

    private sealed class Partition(ScriptedInput input, TimeProvider time) : SourcePartition
    {
        private long _position;

        public override string Name => input.Name;

        public override string Identity => input.Identity;

        public override Origin Origin => new(input.Name + input.Identity, 0);

        public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken)
        {
            _position = progress?.Identity == Identity ? progress.Position : 0;
            return ValueTask.CompletedTask;
        }

        public override async ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            await input.PassAsync(_position, cancellationToken);
            input.Before(_position);
            if (_position >= input.Events.Count)
            {
                return ReadResult.End;
            }

            batch.AddOrigin(Origin);
            for (var end = input.EndOfBatch(_position); _position < end; _position++)
            {
                var bytes = Encoding.UTF8.GetBytes(input.Events[(int)_position]);
                batch.Add(new EventHeader { RawOffset = batch.Append(bytes), RawLength = bytes.Length, Offset = _position, Received = time.GetUtcNow().Ticks });
            }

            batch.NextOffset = _position;
            return ReadResult.Events;
        }

        public override ValueTask CommittedAsync(long position, CancellationToken cancellationToken)
        {
            input.Committed.Add(position);
            return ValueTask.CompletedTask;
        }
    }
}
