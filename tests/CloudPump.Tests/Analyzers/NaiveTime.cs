namespace CloudPump.Tests.Analyzers;

/// <summary>Time the naive way: every partition by itself, and the smallest watermark of those that are not silent.</summary>
internal sealed class NaiveTime(int partitions, long lateness)
{
    private readonly long?[] _tops = new long?[partitions];
    private readonly long[] _marks = [.. Enumerable.Repeat(long.MinValue, partitions)];
    private readonly bool[] _silent = [.. Enumerable.Repeat(true, partitions)];

    public long Mark => Enumerable.Range(0, partitions).Where(p => !_silent[p]).Select(p => _marks[p]).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>Sees an event; false when it is late.</summary>
    public bool See(int partition, long time)
    {
        if (time < _tops[partition] - lateness)
        {
            return false;
        }

        _tops[partition] = Math.Max(_tops[partition] ?? time, time);
        return true;
    }

    /// <summary>The partition holds time back from now on.</summary>
    public void Add(int partition) => _silent[partition] = false;

    /// <summary>What the partition has seen is applied.</summary>
    public void Commit(int partition) => (_silent[partition], _marks[partition]) = (false, _tops[partition]!.Value - lateness);

    public void Silence(int partition) => _silent[partition] = true;
}
