using CloudPump.Analyzers.Measures;
using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>
/// The events of a key in a sliding window, and what they come to together, without ever taking one out of a sum: two stacks, the front with the sums from each entry to
/// its newest, the back with the sum of all (Tangwongsan, Hirzel, Schneider, "General Incremental Sliding-Window Aggregation", VLDB 2015). A step costs a constant number
/// of merges on average.
/// </summary>
internal sealed class SlidingQueue(GroupPool pool)
{
    // Oldest last, so that it is popped; each with the sum of itself and all that are newer in the front.
    private readonly List<(long Time, int Own, int Sum)> _front = [];
    private readonly List<(long Time, int Own)> _back = [];
    private int _backSum = -1;

    public bool IsEmpty => _front.Count == 0 && _back.Count == 0;

    /// <summary>The time of the oldest entry.</summary>
    public long Oldest => _front.Count > 0 ? _front[^1].Time : _back[0].Time;

    /// <summary>Adds an event; events come in the order of time.</summary>
    public void Add(long time, ref ByteReader state)
    {
        var own = pool.Rent();
        pool.Merge(own, ref state);
        _backSum = _backSum < 0 ? pool.Rent() : _backSum;
        pool.Merge(_backSum, own);
        _back.Add((time, own));
    }

    /// <summary>Lets go of the entries up to a time.</summary>
    public void RemoveThrough(long time)
    {
        while (!IsEmpty && Oldest <= time)
        {
            RemoveOldest();
        }
    }

    /// <summary>Adds all entries to a group.</summary>
    public void AddTo(int group)
    {
        if (_front.Count > 0)
        {
            pool.Merge(group, _front[^1].Sum);
        }

        if (_backSum >= 0)
        {
            pool.Merge(group, _backSum);
        }
    }

    /// <summary>Gives all groups back.</summary>
    public void Clear() => RemoveThrough(long.MaxValue);

    public void Save(ByteBuffer output)
    {
        output.WriteVarint((ulong)(_front.Count + _back.Count));
        for (var f = _front.Count - 1; f >= 0; f--)
        {
            output.WriteSigned(_front[f].Time);
            pool.Write(_front[f].Own, output);
        }

        foreach (var (time, own) in _back)
        {
            output.WriteSigned(time);
            pool.Write(own, output);
        }
    }

    public void Load(ref ByteReader input)
    {
        for (var count = input.Items(); count > 0; count--)
        {
            Add(input.Signed(), ref input);
        }
    }

    private void RemoveOldest()
    {
        if (_front.Count == 0)
        {
            Turn();
        }

        var (_, own, sum) = _front[^1];
        _front.RemoveAt(_front.Count - 1);
        pool.Return(own);
        pool.Return(sum);
    }

    private void Turn()
    {
        for (var b = _back.Count - 1; b >= 0; b--)
        {
            var (time, own) = _back[b];
            var sum = pool.Rent();
            pool.Merge(sum, own);
            if (_front.Count > 0)
            {
                pool.Merge(sum, _front[^1].Sum);
            }

            _front.Add((time, own, sum));
        }

        _back.Clear();
        pool.Return(_backSum);
        _backSum = -1;
    }
}
