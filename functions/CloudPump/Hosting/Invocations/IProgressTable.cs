namespace CloudPump.Hosting.Invocations;

/// <summary>
/// The progress rows and the outbox of pieces. The row of a source partition and its pieces move in one transaction, which fails when somebody else has
/// moved the row since it was read.
/// </summary>
public interface IProgressTable
{
    /// <summary>The row of a source partition, or null.</summary>
    Task<ProgressRow?> FindAsync(string pipeline, string partition, CancellationToken cancellationToken);

    /// <summary>Every row of a pipeline.</summary>
    Task<IReadOnlyList<ProgressRow>> ListAsync(string pipeline, CancellationToken cancellationToken);

    /// <summary>Writes a row and its pieces, all or nothing; returns the row's new version.</summary>
    /// <exception cref="StaleProgressException">The row is no longer of the version that was read.</exception>
    Task<string> CommitAsync(string pipeline, ProgressRow row, IReadOnlyList<AnalyzerPiece> pieces, CancellationToken cancellationToken);

    /// <summary>The pieces of a source partition for a shard from a number on, in order, as many as there are without a gap.</summary>
    Task<IReadOnlyList<AnalyzerPiece>> PiecesAsync(string pipeline, string partition, string analyzer, int shard, long first, CancellationToken cancellationToken);

    /// <summary>Deletes the pieces of a source partition for a shard up to a number. They have been applied durably.</summary>
    Task DeletePiecesAsync(string pipeline, string partition, string analyzer, int shard, long last, CancellationToken cancellationToken);
}
