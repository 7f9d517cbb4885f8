using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>`count()` counts events, `count(x)` those that have x; `rate()` is the count per second of the window's length.</summary>
internal sealed class CountMeasure(bool perSecond) : Measure
{
    private Chunks<long> _counts = new();

    public override void AddGroup(int group) => _counts.MakeRoom(group) = 0;

    public override void Add(int group, in Value value) => _counts[group]++;

    public override void AddInteger(int group, long value) => _counts[group]++;

    public override void Write(int group, ByteBuffer output) => output.WriteVarint((ulong)_counts[group]);

    public override void Merge(int group, ref ByteReader input) => _counts[group] += (long)input.Varint();

    public override void Result(int group, long length, EventBatch events, int row, ushort field)
    {
        if (!perSecond)
        {
            events.SetInt64(row, field, _counts[group]);
        }
        else
        {
            PerSecond.Set(_counts[group], length, events, row, field);
        }
    }
}
