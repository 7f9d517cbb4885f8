using System.Collections.Concurrent;
using CloudPump.Hosting.Parcels;
using CloudPump.Hosting.Topology;
using CloudPump.Pipelines;

namespace CloudPump.Hosting.Invocations;

/// <summary>
/// The runners of this process. A partition of a stream has one, since its order matters. A subscription whose pipeline has no analyzers has as many as run
/// side by side.
/// </summary>
internal sealed class RunnerPool(PipelineSet set, PipelineFactory factory, InvocationPorts ports, InvocationOptions options) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, PartitionRunner> _runners = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentStack<PartitionRunner>> _idle = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SeenEvents> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Accounting> _finished = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<PartitionRunner> _all = [];

    /// <summary>The counts of a pipeline in this process.</summary>
    public Accounting AccountingOf(string pipeline) =>
        _all.Where(r => r.Pipeline == pipeline).Aggregate(_finished.GetValueOrDefault(pipeline), (sum, r) => sum + r.Accounting);

    /// <summary>Runs something with the runner of a stream's partition.</summary>
    public Task<T> WithStreamAsync<T>(PipelineInput input, int partition, Func<PartitionRunner, Task<T>> use, CancellationToken cancellationToken)
    {
        var name = PartitionNames.OfStream(input.Entity, partition);
        var source = new ReceivedPartition(name, input.Entity, partition, PipelineStreams.IsSignals(input.Entity));
        return WithAsync(input.Pipeline, source, use, cancellationToken);
    }

    /// <summary>Runs something with a runner of a subscription.</summary>
    public async Task<T> WithTopicAsync<T>(PipelineInput input, Func<PartitionRunner, Task<T>> use, CancellationToken cancellationToken)
    {
        var name = PartitionNames.OfTopic(input.Entity, input.Consumer);
        var source = new ReceivedPartition(name, name, 0, isSignals: false);
        var definition = set.Find(input.Pipeline)!;
        if (definition.Processors.OfType<Analyzers.AnalyzerDefinition>().Any())
        {
            return await WithAsync(input.Pipeline, source, use, cancellationToken);
        }

        var idle = _idle.GetOrAdd(name, _ => []);
        var runner = idle.TryPop(out var taken) ? taken : Add(definition, source, _seen.GetOrAdd(name, _ => new SeenEvents()));
        try
        {
            return await use(runner);
        }
        finally
        {
            idle.Push(runner);
        }
    }

    /// <summary>Runs something with the one runner of a partition.</summary>
    public async Task<T> WithAsync<T>(string pipeline, SourcePartition source, Func<PartitionRunner, Task<T>> use, CancellationToken cancellationToken)
    {
        var runner = _runners.GetOrAdd($"{pipeline}|{source.Name}", _ => Add(set.Find(pipeline)!, source, new SeenEvents()));
        using var turn = await runner.TakeTurnAsync(cancellationToken);
        return await use(runner);
    }

    /// <summary>Runs something with a runner for a partition that was opened for this invocation alone, and closes both.</summary>
    public async Task WithFreshAsync(string pipeline, SourcePartition source, Func<PartitionRunner, Task> use)
    {
        await using var runner = new PartitionRunner(set.Find(pipeline)!, source, factory, ports, options, new SeenEvents());
        try
        {
            await use(runner);
        }
        finally
        {
            _finished.AddOrUpdate(pipeline, _ => runner.Accounting, (_, sum) => sum + runner.Accounting);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var runner in _all)
        {
            await runner.DisposeAsync();
        }
    }

    private PartitionRunner Add(PipelineDefinition definition, SourcePartition source, SeenEvents seen)
    {
        var runner = new PartitionRunner(definition, source, factory, ports, options, seen);
        _all.Enqueue(runner);
        return runner;
    }
}
