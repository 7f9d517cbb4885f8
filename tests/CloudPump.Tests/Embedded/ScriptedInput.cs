namespace CloudPump.Tests.Embedded;

/// <summary>One partition of a scripted source: the events that it brings, where it waits, and what it does before a read.</summary>
internal sealed class ScriptedInput(string name, params IReadOnlyList<string> events)
{
    private readonly Dictionary<long, TaskCompletionSource> _gates = [];

    public string Name => name;

    public IReadOnlyList<string> Events => events;

    public string Identity { get; init; } = "";

    public int PerBatch { get; init; } = 2;

    /// <summary>Called with the position before every read; may throw.</summary>
    public Action<long> Before { get; init; } = static _ => { };

    /// <summary>The positions that commits held.</summary>
    public List<long> Committed { get; } = [];

    /// <summary>Lets the partition wait before it reads the event at a position, until the gate is opened.</summary>
    public TaskCompletionSource GateAt(long position) => _gates[position] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the partition wait there for ever.</summary>
    public ScriptedInput StuckAt(long position)
    {
        GateAt(position);
        return this;
    }

    internal Task PassAsync(long position, CancellationToken cancellationToken) =>
        _gates.TryGetValue(position, out var gate) ? gate.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

    internal long EndOfBatch(long position) =>
        _gates.Keys.Where(g => g > position).Append(events.Count).Append(position + PerBatch).Min();
}
