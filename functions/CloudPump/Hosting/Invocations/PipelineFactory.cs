using CloudPump.Hosting.Topology;
using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Hosting.Invocations;

/// <summary>Builds running pipelines for one partition each: the same pipeline runs in many of them side by side.</summary>
internal sealed class PipelineFactory(
    PipelineSet set, HostTopology topology, ComponentRegistry registry, ISharedTables tables, InvocationOptions options, PipelineMetrics metrics) : IAsyncDisposable
{
    private readonly PlannedStreams _streams = new(topology);
    private readonly IReadOnlyList<PipelineDefinition> _all = set.Reachable();

    private readonly SemaphoreSlim _opening = new(1, 1);
    private LookupHost? _lookups;

    /// <summary>Builds a pipeline.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="partition">The source partition that it is for: what its steps remember belongs to it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PipelineInstance> CreateAsync(PipelineDefinition definition, string partition, CancellationToken cancellationToken)
    {
        await LookupsAsync(cancellationToken);
        return new PipelineInstance(definition, registry, Context(definition, partition), metrics);
    }

    /// <summary>The lookups, which are loaded when they are first asked for.</summary>
    public async Task<LookupHost> LookupsAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _lookups ??= await OpenLookupsAsync(cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lookups is not null)
        {
            await _lookups.DisposeAsync();
        }

        _opening.Dispose();
    }

    private async Task<LookupHost> OpenLookupsAsync(CancellationToken cancellationToken)
    {
        var lookups = new LookupHost(set.Lookups, LookupUses.Of(_all, registry), new LookupHostOptions
        {
            Connections = set.Connections,
            Time = options.Time,
            Tables = tables,
            CopyFolder = options.CopyFolder,
            Services = options.Services,
            Warn = options.Warn,
        });
        try
        {
            await lookups.OpenAsync(cancellationToken);
            return lookups;
        }
        catch
        {
            await lookups.DisposeAsync();
            throw;
        }
    }

    private BuildContext Context(PipelineDefinition definition, string partition) => new()
    {
        Pipeline = definition.Name,
        Time = options.Time,
        Streams = _streams,
        Tells = [.. _all.Where(p => p.Triggers.Any(t => t.Pipeline == definition.Name)).Select(p => p.Name)],
        Connections = set.Connections,
        Lookups = _lookups,
        MemoryScope = partition,
        DataFolder = options.DataFolder,
        StandardOutput = Console.OpenStandardOutput,
        Warn = options.Warn,
        Durable = true,
        KeepsPositions = true,
        Services = options.Services,
    };
}
