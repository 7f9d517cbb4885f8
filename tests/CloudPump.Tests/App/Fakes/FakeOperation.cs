using System.Text.Json;
using Microsoft.DurableTask.Entities;

namespace CloudPump.Tests.App.Fakes;

/// <summary>One operation of an entity.</summary>
internal sealed class FakeOperation(EntitySignal signal, string? state) : TaskEntityOperation
{
    private readonly FakeState _state = new(state);
    private readonly FakeContext _context = new(signal.Id);

    public string? Saved => _state.Saved;

    public List<EntitySignal> Signals => _context.Signals;

    public override string Name => signal.Operation;

    public override TaskEntityContext Context => _context;

    public override TaskEntityState State => _state;

    public override bool HasInput => signal.Input is not null;

    public override object? GetInput(Type inputType) => signal.Input is null ? null : JsonSerializer.Deserialize(signal.Input, inputType);

    private sealed class FakeState(string? saved) : TaskEntityState
    {
        public string? Saved { get; private set; } = saved;

        public override bool HasState => Saved is not null;

        public override object? GetState(Type type) => Saved is null ? null : JsonSerializer.Deserialize(Saved, type);

        public override void SetState(object? state) => Saved = FakeEntities.Serialize(state);
    }

    private sealed class FakeContext(EntityInstanceId id) : TaskEntityContext
    {
        public List<EntitySignal> Signals { get; } = [];

        public override EntityInstanceId Id => id;

        public override void SignalEntity(EntityInstanceId id, string operationName, object? input = null, SignalEntityOptions? options = null) =>
            Signals.Add(new EntitySignal(id, operationName, FakeEntities.Serialize(input)));

#if AZURE_SDK_REAL
        public override string ScheduleNewOrchestration(Microsoft.DurableTask.TaskName name, object? input = null, Microsoft.DurableTask.StartOrchestrationOptions? options = null) =>
            throw new NotSupportedException();
#endif
    }
}
