using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Measures;

/// <summary>`first(x)` and `last(x)`: the value of the earliest or latest event that has one, by event time and then by id. Any type.</summary>
internal sealed class EdgeMeasure(bool last) : Measure
{
    private readonly ByteBuffer _scratch = new(64);
    private Chunks<State> _states = new();
    private HeldValue _other;
    private EventStamp _stamp;

    public override bool NeedsStamp => true;

    public override void AddGroup(int group)
    {
        // The memory for text stays.
        ref var state = ref _states.MakeRoom(group);
        state.Value.Clear();
        state.Stamp = default;
    }

    public override void Stamp(in EventStamp stamp) => _stamp = stamp;

    public override void Add(int group, in Value value)
    {
        ref var state = ref _states[group];
        var order = Order(_stamp, state);
        if (order > 0)
        {
            state.Value.Set(value, _scratch);
            state.Stamp = _stamp;
        }
        else if (order == 0)
        {
            _other.Set(value, _scratch);
            TakeLarger(ref state);
        }
    }

    public override void Write(int group, ByteBuffer output)
    {
        ref var state = ref _states[group];
        if (state.Value.Kind == FieldKind.Missing)
        {
            output.WriteByte((byte)FieldKind.Missing);
            return;
        }

        state.Value.Write(output);
        state.Stamp.Write(output);
    }

    public override void Merge(int group, ref ByteReader input)
    {
        var kind = (FieldKind)input.Byte();
        if (kind == FieldKind.Missing)
        {
            return;
        }

        _other.Read(kind, ref input);
        var stamp = EventStamp.Read(ref input);
        ref var state = ref _states[group];
        var order = Order(stamp, state);
        if (order > 0)
        {
            (state.Value, _other) = (_other, state.Value);
            state.Stamp = Shared(stamp);
        }
        else if (order == 0)
        {
            TakeLarger(ref state);
        }
    }

    public override void Result(int group, long length, EventBatch events, int row, ushort field) => _states[group].Value.SetField(events, row, field);

    private int Order(in EventStamp stamp, in State state) =>
        state.Value.Kind == FieldKind.Missing ? 1 : last ? EventStamp.Compare(stamp, state.Stamp) : EventStamp.Compare(state.Stamp, stamp);

    // One event with two values is none of ours, but even then the order of events must not matter.
    private void TakeLarger(ref State state)
    {
        if (_other.Rank(state.Value) > 0)
        {
            (state.Value, _other) = (_other, state.Value);
        }
    }

    // The names of streams are few: a million groups share one text.
    private EventStamp Shared(in EventStamp stamp)
    {
        if (stamp.Origin.Stream == _stamp.Origin.Stream)
        {
            return stamp with { Origin = stamp.Origin with { Stream = _stamp.Origin.Stream } };
        }

        return _stamp = stamp;
    }

    private struct State
    {
        public EventStamp Stamp;
        public HeldValue Value;
    }
}
