namespace CloudPump.Enrichers.Models;

/// <summary>The arithmetic of a model. Immutable, so many threads may use it.</summary>
internal interface IScorer
{
    /// <summary>How many scores it gives.</summary>
    int Outputs { get; }

    /// <summary>Computes the scores of the features; every place of <paramref name="scores"/> up to <see cref="Outputs"/> is set.</summary>
    void Score(ReadOnlySpan<double> features, Span<double> scores);
}
