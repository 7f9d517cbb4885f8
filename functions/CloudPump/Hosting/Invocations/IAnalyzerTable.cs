namespace CloudPump.Hosting.Invocations;

/// <summary>The analyzers that a host has had, with their definitions, and what is due in their shards.</summary>
public interface IAnalyzerTable
{
    /// <summary>Every analyzer known, of one pipeline or of all.</summary>
    Task<IReadOnlyList<KnownAnalyzer>> ListAsync(string? pipeline, CancellationToken cancellationToken);

    /// <summary>Makes an analyzer known; one that is known already stays as it is.</summary>
    Task AddAsync(KnownAnalyzer analyzer, CancellationToken cancellationToken);

    /// <summary>Forgets an analyzer whose shards are gone.</summary>
    Task RemoveAsync(string analyzer, CancellationToken cancellationToken);

    /// <summary>What the sweep knows of shards, by shard.</summary>
    Task<IReadOnlyDictionary<int, ShardDue>> DueAsync(string analyzer, CancellationToken cancellationToken);

    /// <summary>Notes what a shard has reached.</summary>
    Task SetDueAsync(string analyzer, int shard, ShardDue due, CancellationToken cancellationToken);
}
