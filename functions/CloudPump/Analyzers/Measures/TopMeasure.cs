using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// `top(x, k)`: the k most frequent values as a list of {"value", "count"}, most frequent first, ties by value. Values that are one group key are one.
/// </summary>
internal sealed class TopMeasure(int most) : Measure
{
    private readonly ByteBuffer _key = new(64);
    private readonly EventJsonWriter _json = new();
    private readonly ByteBuffer _list = new(256);
    private Chunks<TopValues?> _groups = new();
    private EventBatch? _scratch;
    private string _stream = "";
    private ulong _streamHash;
    private ulong _priority;

    public override bool NeedsStamp => true;

    public override void AddGroup(int group)
    {
        ref var values = ref _groups.MakeRoom(group);
        values?.Clear();
    }

    public override void Stamp(in EventStamp stamp)
    {
        if (!ReferenceEquals(stamp.Origin.Stream, _stream))
        {
            _stream = stamp.Origin.Stream;
            _streamHash = StableHash.Of(System.Text.Encoding.UTF8.GetBytes(_stream));
        }

        _priority = Mix(Mix(Mix(_streamHash ^ (uint)stamp.Origin.Partition) ^ (ulong)stamp.Offset) ^ (ulong)stamp.Index);
    }

    public override void Add(int group, in Value value)
    {
        _key.Clear();
        GroupKey.Append(_key, value);
        (_groups[group] ??= new TopValues()).Add(_key.Written, 1, _priority);
    }

    public override void Write(int group, ByteBuffer output)
    {
        if (_groups[group] is { } values)
        {
            values.Write(output);
        }
        else
        {
            output.WriteVarint(0);
        }
    }

    public override void Merge(int group, ref ByteReader input) => (_groups[group] ??= new TopValues()).Merge(ref input);

    public override void Result(int group, long length, EventBatch events, int row, ushort field)
    {
        var values = _groups[group]?.Most(most) ?? [];
        if (values.Count == 0)
        {
            events.SetNull(row, field);
            return;
        }

        _list.Clear();
        foreach (var (key, count) in values)
        {
            _list.Write(_list.Length == 0 ? "[{\"value\":"u8 : ",{\"value\":"u8);
            WriteValue(key);
            _list.Write(",\"count\":"u8);
            ValueJson.Write(_list, Value.Of(count));
            _list.WriteByte((byte)'}');
        }

        _list.WriteByte((byte)']');
        events.SetText(row, field, FieldKind.List, _list.Written);
    }

    private void WriteValue(ReadOnlySpan<byte> key)
    {
        // Only shards make results: the columns of pieces need no batch.
        _scratch ??= new EventBatch(new FieldTable());
        _scratch.Clear();
        var row = _scratch.Add(default);
        GroupKey.Take(key, _scratch, row, _scratch.Fields.Id("value"));
        _json.WriteValue(_list, _scratch, _scratch.Slots(row)[0]);
    }

    // The finisher of SplitMix64 (Steele, Lea, Flood, 2014).
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
