using CloudPump.Tests.App.Fakes;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudPump.Tests.App.Durable;

/// <summary>
/// A task hub's entities in memory, for the real client on one side and the real worker on the other. What waits for an entity is run as one batch: its state, and
/// the signals that the batch sent, are kept together when all of it is done. So does every backend; the fake runs operations one by one.
/// </summary>
internal sealed class EntityHub : IEntityService
{
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private readonly List<(string Id, OperationRequest Operation)> _waiting = [];
    private readonly Lock _lock = new();
    private readonly EntityWorker _worker = new();

    public EntityHub() => Client = new GrpcDurableTaskClient(
        "test", new GrpcDurableTaskClientOptions { CallInvoker = new HubCalls(this), EnableEntitySupport = true, DataConverter = _worker.Converter }, NullLogger.Instance);

    public DurableTaskClient Client { get; }

    /// <summary>The batches that were run, an operation's name for each.</summary>
    public List<string> Batches { get; } = [];

    /// <summary>The states as they are kept, by the entities' ids.</summary>
    public IReadOnlyDictionary<string, string> States => _states;

    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    public async Task<bool> StepAsync(AppProcess process) => await StepAsync(process, undo: false);

    /// <summary>Runs what waits for the entity that has waited longest; <paramref name="undo"/> loses the batch, as when the process dies before it was kept.</summary>
    public async Task<bool> StepAsync(AppProcess process, bool undo)
    {
        var request = Take();
        if (request is null)
        {
            return false;
        }

        Batches.Add(string.Join(' ', request.Operations.Select(o => o.Operation)));
        var result = await _worker.RunAsync(process.Entity, request);
        Assert.Null(result.FailureDetails);
        Assert.All(result.Results, r => Assert.Equal(Microsoft.DurableTask.Protobuf.OperationResult.ResultTypeOneofCase.Success, r.ResultTypeCase));
        lock (_lock)
        {
            if (undo)
            {
                _waiting.InsertRange(0, request.Operations.Select(o => (request.InstanceId, o)));
                return true;
            }

            Keep(request.InstanceId, result);
        }

        return true;
    }

    /// <summary>Loses what waits.</summary>
    public void Lose()
    {
        lock (_lock)
        {
            _waiting.Clear();
        }
    }

    public SignalEntityResponse Signal(SignalEntityRequest signal)
    {
        lock (_lock)
        {
            _waiting.Add((signal.InstanceId, new OperationRequest { Operation = signal.Name, RequestId = signal.RequestId, Input = signal.Input }));
        }

        return new SignalEntityResponse();
    }

    public GetEntityResponse Get(GetEntityRequest request)
    {
        lock (_lock)
        {
            return _states.TryGetValue(request.InstanceId, out var state)
                ? new GetEntityResponse
                {
                    Exists = true,
                    Entity = new EntityMetadata { InstanceId = request.InstanceId, LastModifiedTime = new Timestamp(), SerializedState = request.IncludeState ? state : null },
                }
                : new GetEntityResponse();
        }
    }

    private EntityBatchRequest? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return null;
            }

            var id = _waiting[0].Id;
            var request = new EntityBatchRequest { InstanceId = id, EntityState = _states.GetValueOrDefault(id) };
            request.Operations.AddRange(_waiting.Where(w => w.Id == id).Select(w => w.Operation));
            _waiting.RemoveAll(w => w.Id == id);
            return request;
        }
    }

    private void Keep(string id, EntityBatchResult result)
    {
        _states.Remove(id);
        if (result.EntityState is { } state)
        {
            _states[id] = state;
        }

        _waiting.AddRange(result.Actions.Select(a => a.SendSignal).Select(s =>
            (s.InstanceId, new OperationRequest { Operation = s.Name, RequestId = Guid.Empty.ToString(), Input = s.Input })));
    }
}
