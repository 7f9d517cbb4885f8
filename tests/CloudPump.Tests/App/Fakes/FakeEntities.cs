using System.Text.Json;
using CloudPump.App.Analyzers;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;
using NSubstitute;

namespace CloudPump.Tests.App.Fakes;

/// <summary>
/// Durable entities in memory: states as JSON, signals in queues. A test may lose, repeat, delay and reorder them, and undo an operation that was done.
/// </summary>
internal sealed class FakeEntities : IEntityService
{
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private readonly List<EntitySignal> _signals = [];
    private readonly Lock _lock = new();

    public FakeEntities()
    {
        var entities = Substitute.For<DurableEntityClient>("test");
        entities.SignalEntityAsync(default, "", null, null, default).ReturnsForAnyArgs(call =>
        {
            Signalling();
            Send(new EntitySignal(call.ArgAt<EntityInstanceId>(0), call.ArgAt<string>(1), Serialize(call.ArgAt<object?>(2))), fromWorker: true);
            return Task.CompletedTask;
        });
        Client = Substitute.For<DurableTaskClient>("test");
        Client.Entities.Returns(entities);
    }

    public DurableTaskClient Client { get; }

    /// <summary>Called before a worker's signal is taken; may throw.</summary>
    public Action Signalling { get; set; } = static () => { };

    /// <summary>Whether a signal is lost on its way.</summary>
    public Func<EntitySignal, bool> Loses { get; set; } = static _ => false;

    /// <summary>How many signals workers have sent, by operation.</summary>
    public Dictionary<string, int> Sent { get; } = new(StringComparer.Ordinal);

    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _signals.Count;
            }
        }
    }

    public int Entities => _states.Count;

    public int LargestState { get; private set; }

    public void Send(EntitySignal signal, bool fromWorker = false)
    {
        lock (_lock)
        {
            if (fromWorker)
            {
                Sent[signal.Operation] = Sent.GetValueOrDefault(signal.Operation) + 1;
            }

            if (!Loses(signal))
            {
                _signals.Add(signal);
            }
        }
    }

    /// <summary>Takes the next signal: the oldest, or any.</summary>
    public EntitySignal? Take(Random? order = null)
    {
        lock (_lock)
        {
            if (_signals.Count == 0)
            {
                return null;
            }

            var at = order?.Next(_signals.Count) ?? 0;
            var signal = _signals[at];
            _signals.RemoveAt(at);
            return signal;
        }
    }

    public async Task<bool> StepAsync(AppProcess process)
    {
        if (Take() is not { } signal)
        {
            return false;
        }

        await RunAsync(process.Entity, signal);
        return true;
    }

    /// <summary>Takes signals that wait for an entity, any of them.</summary>
    public IReadOnlyList<EntitySignal> Take(EntityInstanceId id, int most, Random order)
    {
        lock (_lock)
        {
            var taken = _signals.Where(s => s.Id == id).OrderBy(_ => order.Next()).Take(most).ToList();
            taken.ForEach(s => _signals.Remove(s));
            return taken;
        }
    }

    /// <summary>Runs a signal's operation as a batch of its own.</summary>
    public Task RunAsync(AnalyzerEntity entity, EntitySignal signal) => RunAsync(entity, [signal]);

    /// <summary>
    /// Runs signals of one entity as one batch: each operation goes on from the state of the one before, and all of it becomes durable, with the signals sent, only after the last.
    /// <paramref name="undo"/> loses all of it, as when the process dies before.
    /// </summary>
    public async Task RunAsync(AnalyzerEntity entity, IReadOnlyList<EntitySignal> batch, bool undo = false)
    {
        var key = batch[0].Id.Key;
        var (state, sent) = (_states.GetValueOrDefault(key), new List<EntitySignal>());
        foreach (var signal in batch)
        {
            var operation = new FakeOperation(signal, state);
            await entity.RunAsync(operation);
            state = operation.Saved;
            sent.AddRange(operation.Signals);
        }

        if (!undo)
        {
            Keep(key, state);
            sent.ForEach(s => Send(s));
        }
    }

    /// <summary>Runs an operation and gives its answer, as an orchestration would.</summary>
    public async Task<object?> AskAsync(AnalyzerEntity entity, EntityInstanceId id, string operation)
    {
        var asked = new FakeOperation(new EntitySignal(id, operation, null), _states.GetValueOrDefault(id.Key));
        var answer = await entity.RunAsync(asked);
        _states[id.Key] = asked.Saved ?? "";
        return answer;
    }

    private void Keep(string key, string? state)
    {
        if (state is null)
        {
            _states.Remove(key);
            return;
        }

        LargestState = Math.Max(LargestState, state.Length);
        _states[key] = state;
    }

    internal static string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value);
}
