namespace CloudPump.Hosting.Invocations;

/// <summary>Keeps dead letters whole, with their reason. A letter that is added again, after a redelivery, is the same letter.</summary>
public interface IDeadLetterStore
{
    /// <summary>Adds letters; when it returns they are durable.</summary>
    Task AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>The letters of a pipeline, in the order of their positions; without their events, which <see cref="LoadAsync"/> fetches.</summary>
    Task<IReadOnlyList<KeptLetter>> ListAsync(string pipeline, int most, CancellationToken cancellationToken);

    /// <summary>One letter, whole; null when it is gone.</summary>
    Task<KeptLetter?> FindAsync(string pipeline, string id, CancellationToken cancellationToken);

    /// <summary>A listed letter, whole; null when it is gone.</summary>
    Task<KeptLetter?> LoadAsync(KeptLetter letter, CancellationToken cancellationToken);

    /// <summary>Gives letters their numbers for a replay, above all numbers given before; a letter that has one keeps it.</summary>
    Task<IReadOnlyList<KeptLetter>> NumberAsync(string pipeline, IReadOnlyList<KeptLetter> letters, CancellationToken cancellationToken);

    /// <summary>Deletes letters, but for those that have changed since they were read: they have failed again.</summary>
    Task DeleteAsync(IReadOnlyList<KeptLetter> letters, CancellationToken cancellationToken);
}
