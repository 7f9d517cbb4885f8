using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>`distinct(x)`: how many different values there are; values that are one group key, such as 1 and 1.0, are one.</summary>
internal sealed class DistinctMeasure : Measure
{
    private readonly ByteBuffer _key = new(64);
    private Chunks<HyperLogLog?> _groups = new();

    public override void AddGroup(int group)
    {
        ref var sketch = ref _groups.MakeRoom(group);
        sketch?.Clear();
    }

    public override void Add(int group, in Value value)
    {
        _key.Clear();
        GroupKey.Append(_key, value);
        (_groups[group] ??= new HyperLogLog()).Add(StableHash.Of(_key.Written));
    }

    public override void Write(int group, ByteBuffer output)
    {
        if (_groups[group] is { } sketch)
        {
            sketch.Write(output);
        }
        else
        {
            output.WriteVarint(0);
        }
    }

    public override void Merge(int group, ref ByteReader input) => (_groups[group] ??= new HyperLogLog()).Merge(ref input);

    public override void Result(int group, long length, EventBatch events, int row, ushort field) =>
        events.SetInt64(row, field, _groups[group]?.Estimate() ?? 0);
}
