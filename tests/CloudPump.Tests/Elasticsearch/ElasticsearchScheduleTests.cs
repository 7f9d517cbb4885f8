using CloudPump.Connectors.Elasticsearch;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>Random faults, in a fixed order: in the end every event is in the index once or a dead letter, never both, never neither.</summary>
public sealed class ElasticsearchScheduleTests : IAsyncDisposable
{
    private const int Events = 60;
    private readonly SearchRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Every_event_is_in_the_index_once_or_a_dead_letter()
    {
        _rig.Elastic.Indices.Longs.Add("text");
        _rig.Elastic.MaxBytes = 1500;
        var faults = new int[Enum.GetValues<StrictFault>().Length];
        for (var seed = 0; seed < 150; seed++)
        {
            _rig.Elastic.Indices.All.Clear();
            await RunAsync(new Random(seed), seed, faults);
        }

        // The schedules are worth something only when everything happens in them.
        Assert.All(faults, f => Assert.InRange(f, 50, int.MaxValue));
    }

    private async Task RunAsync(Random random, int seed, int[] faults)
    {
        var (busy, broken) = (random.NextDouble() * 0.5, random.NextDouble() * 0.5);
        _rig.Elastic.ItemFault = _ => random.NextDouble() < busy ? StrictRefusal.Busy : null;
        _rig.Elastic.Fault = _ =>
        {
            var fault = random.NextDouble() < broken ? (StrictFault)random.Next(1, faults.Length) : StrictFault.None;
            faults[(int)fault]++;
            return fault;
        };
        var texts = Enumerable.Range(0, Events).Select(_ => random.Next(10) switch { 0 => "no number", 1 => new string('1', 2000), _ => "17" }).ToArray();
        var dead = new HashSet<int>();
        var sink = Sink(random);
        for (var offset = 0; offset < Events;)
        {
            var batch = _rig.Batch(random.Next(1, 1 + Math.Min(25, Events - offset)), offset, i => texts[i]);
            if (await TryDeliverAsync(sink, batch, random))
            {
                Assert.All(batch.Failures, f => Assert.True(dead.Add((int)batch.Id(f.Row).Offset), $"seed {seed}: dead twice"));
                offset += batch.RowCount;
            }
            else if (random.Next(2) == 0)
            {
                // The process died: nothing of the batch was committed.
                await sink.DisposeAsync();
                sink = Sink(random);
            }
        }

        await sink.DisposeAsync();
        var refused = Enumerable.Range(0, Events).Where(i => texts[i] != "17").ToList();
        Assert.True(refused.SequenceEqual(dead.Order()), $"seed {seed}: dead letters");
        Assert.True(Enumerable.Range(0, Events).Except(refused).SequenceEqual(_rig.Numbers), $"seed {seed}: documents");
    }

    private ISink Sink(Random random) => _rig.Sink(new ElasticsearchSink { MaxEvents = random.Next(1, 30), MaxBytes = new ByteSize(random.Next(100, 3000)) });

    // As a host does it: the same batch again and again, until it gives up.
    private static async Task<bool> TryDeliverAsync(ISink sink, EventBatch batch, Random random)
    {
        do
        {
            try
            {
                await sink.WriteAsync(batch, default);
                return true;
            }
            catch (HttpRequestException)
            {
                // Out of attempts.
            }
        }
        while (random.Next(4) > 0);

        return false;
    }
}
