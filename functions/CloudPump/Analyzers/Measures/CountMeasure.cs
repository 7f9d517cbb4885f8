using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>`count()` counts events, `count(x)` those that have x.</summary>
internal sealed class CountMeasure : Measure
{
    private long[] _counts = new long[16];


    public override void AddGroup(int group)
    {
        GrowArray.For(ref _counts, group);
        _counts[group] = 0;
    }

    public override void Add(int group, in Value value) => _counts[group]++;

    public override void AddInteger(int group, long value) => _counts[group]++;

    public override void Write(int group, ByteBuffer output) => output.WriteVarint((ulong)_counts[group]);

    public override void Merge(int group, ref ByteReader input) => _counts[group] += (long)input.Varint();

    public override void Result(int group, EventBatch events, int row, ushort field) => events.SetInt64(row, field, _counts[group]);
}
