using CloudPump.Connectors.Elasticsearch;

namespace CloudPump.Tests.Elasticsearch;

public sealed class ElasticsearchAllocationTests : IAsyncDisposable
{
    private const int Events = 10_000;
    private const int Rounds = 20;
    private readonly SearchRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData("logs-{yyyy.MM.dd}", "timestamp", null)]
    [InlineData("logs-{yyyy.MM.dd}", "missing", null)]
    [InlineData("logs", "timestamp", "text")]
    public async Task A_warm_sink_allocates_nothing_for_an_event(string index, string time, string? id)
    {
        var definition = new ElasticsearchSink { Index = IndexPattern.Parse(index), Time = time, MaxEvents = 4000 };
        definition.Id = id is null ? null : (CloudPump.Expressions.Expression)id;
        await using var sink = _rig.Sink(definition, services: new TakingTransport());
        var batch = _rig.Batch(Events);
        for (var row = 0; row < Events; row++)
        {
            batch.SetTimestamp(row, _rig.Fields.Id("timestamp"), (row % 3) * TimeSpan.TicksPerDay);
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.True(sink.WriteAsync(batch, default).IsCompletedSuccessfully);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            Assert.True(sink.WriteAsync(batch, default).IsCompletedSuccessfully);
        }

        var perEvent = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Rounds * Events);
        Assert.True(perEvent < 0.1, $"{perEvent} bytes per event");
    }
}
