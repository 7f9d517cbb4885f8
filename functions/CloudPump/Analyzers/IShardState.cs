using CloudPump.Events;

namespace CloudPump.Analyzers;

/// <summary>
/// The state of one shard of an analyzer. It is driven by <see cref="AnalyzerShard"/>, which knows about numbers and watermarks. What it holds and emits depends only on
/// the pieces applied and the watermarks closed with; closing with a watermark in two steps or in one comes to the same,
/// once the first step after a piece is taken.
/// </summary>
public interface IShardState
{
    /// <summary>Applies a piece; returns how many of its events came for something that is closed already.</summary>
    long Apply(ReadOnlySpan<byte> piece);

    /// <summary>Closes everything that ends at or before the watermark and writes its results, in the order of end, start, key.</summary>
    /// <param name="mark">The watermark in ticks; <see cref="long.MaxValue"/> closes all that is open.</param>
    /// <param name="results">Takes the results.</param>
    void Close(long mark, ResultBatch results);

    /// <summary>How many keys this object has closed before their time because there were too many; not part of what is saved.</summary>
    long ClosedEarly => 0;

    /// <summary>Writes the state.</summary>
    void Save(ByteBuffer output);

    /// <summary>Reads what <see cref="Save"/> wrote into a new state.</summary>
    void Load(ref ByteReader input);
}
