namespace CloudPump.Analyzers;

/// <summary>A shard's state that can be looked at from outside.</summary>
public interface IReadableState
{
    /// <summary>Writes what is there, in the order of the keys.</summary>
    void Read(ResultBatch results);
}
