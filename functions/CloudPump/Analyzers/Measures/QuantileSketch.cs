using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// DDSketch: counts of numbers per bucket, the buckets in order. Only the 2,048 highest buckets are kept; what lies lower is counted in the lowest of these. That is
/// order-free: let f be the 2,048th highest of all buckets ever touched. A bucket above f has fewer than 2,048 above it at any time and in any part, so it is never
/// given up nor ever the lowest of 2,048: its count is exact. All the others end in f: what is lowest in a part has 2,047 above it there, so it is f or
/// lower, and is counted in f as soon as f and those above it are all there.
/// </summary>
internal sealed class QuantileSketch
{
    /// <summary>The most buckets that are kept.</summary>
    public const int Limit = 2048;

    private const int Kept = 64;
    private int[] _buckets = new int[4];
    private long[] _counts = new long[4];
    private int _used;
    private int _last;

    /// <summary>How many numbers were added.</summary>
    public long Count { get; private set; }

    public void Clear()
    {
        (_used, _last, Count) = (0, 0, 0);
        if (_buckets.Length > Kept)
        {
            // Many recycled groups must not keep the memory of their largest time.
            (_buckets, _counts) = (new int[4], new long[4]);
        }
    }

    public void Add(int bucket, long count)
    {
        Count += count;
        if (_last >= _used || _buckets[_last] != bucket)
        {
            _last = Find(bucket);
        }

        _counts[_last] += count;
    }

    /// <summary>The number at a rank from 0, in ascending order; within the error of its bucket.</summary>
    public double At(long rank)
    {
        var at = 0;
        for (var below = _counts[0]; below <= rank && at < _used - 1; below += _counts[at])
        {
            at++;
        }

        return BucketMapping.Middle(_buckets[at]);
    }

    public void Write(ByteBuffer output)
    {
        output.WriteVarint((ulong)_used);
        var before = 0;
        for (var i = 0; i < _used; i++)
        {
            output.WriteSigned(_buckets[i] - before);
            output.WriteVarint((ulong)_counts[i]);
            before = _buckets[i];
        }
    }

    public void Merge(ref ByteReader input)
    {
        var bucket = 0L;
        for (var count = input.Items(); count > 0; count--)
        {
            bucket += input.Signed();
            if (bucket is < -BucketMapping.Infinite or > BucketMapping.Infinite)
            {
                throw new InvalidDataException("A bucket is out of range: the state is damaged.");
            }

            Add((int)bucket, (long)input.Varint());
        }
    }

    // Where the bucket stands, made when it is new; the lowest place when it lies below all that are kept.
    private int Find(int bucket)
    {
        var place = _buckets.AsSpan(0, _used).BinarySearch(bucket);
        if (place >= 0)
        {
            return place;
        }

        place = ~place;
        if (_used < Limit)
        {
            Insert(place, bucket);
            return place;
        }

        if (place > 0)
        {
            Collapse(place, bucket);
        }

        return Math.Max(place - 1, 0);
    }

    private void Insert(int place, int bucket)
    {
        if (_used == _buckets.Length)
        {
            Array.Resize(ref _buckets, _used * 2);
            Array.Resize(ref _counts, _used * 2);
        }

        _buckets.AsSpan(place, _used - place).CopyTo(_buckets.AsSpan(place + 1));
        _counts.AsSpan(place, _used - place).CopyTo(_counts.AsSpan(place + 1));
        (_buckets[place], _counts[place]) = (bucket, 0);
        _used++;
    }

    // The lowest bucket's count goes to the next (which may be the new one), and those below the new one move down.
    private void Collapse(int place, int bucket)
    {
        var lowest = _counts[0];
        _buckets.AsSpan(1, place - 1).CopyTo(_buckets);
        _counts.AsSpan(1, place - 1).CopyTo(_counts);
        (_buckets[place - 1], _counts[place - 1]) = (bucket, 0);
        _counts[0] += lowest;
    }
}
