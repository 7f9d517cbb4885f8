using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// `percentile(x, p)` and `median(x)`: the number at rank floor(p / 100 * (n - 1)) in ascending order, within 1 % of its size, by DDSketch. NaN is skipped.
/// </summary>
internal sealed class PercentileMeasure(double percent) : NumberMeasure
{
    private Chunks<QuantileSketch?> _groups = new();

    public override void AddGroup(int group)
    {
        ref var sketch = ref _groups.MakeRoom(group);
        sketch?.Clear();
    }

    public override void AddInteger(int group, long value) => Sketch(group).Add(BucketMapping.Of(value), 1);

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

    public override void Merge(int group, ref ByteReader input) => Sketch(group).Merge(ref input);

    public override void Result(int group, long length, EventBatch events, int row, ushort field)
    {
        if (_groups[group] is { Count: > 0 } sketch)
        {
            events.SetDouble(row, field, sketch.At((long)Math.Floor(percent / 100 * (sketch.Count - 1))));
        }
        else
        {
            events.SetNull(row, field);
        }
    }

    protected override void AddUnsigned(int group, ulong value) => Sketch(group).Add(BucketMapping.Of(value), 1);

    protected override void AddDouble(int group, double value)
    {
        if (!double.IsNaN(value))
        {
            Sketch(group).Add(BucketMapping.Of(value), 1);
        }
    }

    private QuantileSketch Sketch(int group) => _groups[group] ??= new QuantileSketch();
}
