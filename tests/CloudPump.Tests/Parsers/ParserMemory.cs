using CloudPump.Pipelines;

namespace CloudPump.Tests.Parsers;

/// <summary>What a parser allocates once its buffers have grown.</summary>
internal static class ParserMemory
{
    /// <summary>The bytes that the third of three equal batches takes; no event may fail.</summary>
    public static long Of(ParserDefinition definition, params IReadOnlyCollection<byte[]> events)
    {
        var bench = new Bench();
        var parser = definition.Build(bench.Context);
        var allocated = 0L;
        for (var round = 0; round < 3; round++)
        {
            bench.Batch.Clear();
            bench.Batch.AddOrigin(Bench.Origin);
            bench.AddBytes(events);
            var before = GC.GetAllocatedBytesForCurrentThread();
            parser.Process(bench.Batch);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Empty(bench.Batch.Failures);
        return allocated;
    }
}
