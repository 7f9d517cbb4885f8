using CloudPump.Hosting.Topology;
using CloudPump.Tests.App.Fakes;

namespace CloudPump.Tests.App;

/// <summary>
/// One random run of the function app with everything that can go wrong: batches that come again and are cut anew, two processes on one partition, processes that
/// die, writes and sends that fail or whose answers are lost, signals that are lost, late, repeated and out of order, entity operations that are undone.
/// </summary>
internal sealed class FaultRun
{
    private const double FaultRate = 0.06;
    private readonly Random _random;
    private readonly AppRig _rig;
    private readonly AppProcess[] _processes;
    private CancellationTokenSource _invocation = new();

    public FaultRun(int seed, AppRig rig)
    {
        _random = new Random(seed);
        _rig = rig;
        _rig.Settings["CLOUDPUMP_TIME_BUDGET"] = "00:00:00";
        _processes = [rig.Start(), rig.Start()];
    }

    /// <summary>How many invocations failed, so that a test can see that there were faults at all.</summary>
    public int Failures { get; private set; }

    public async Task RunAsync()
    {
        BreakThings();
        for (var round = 0; round < 400 && IsWaiting(); round++)
        {
            await StepAsync();
            if (_random.NextDouble() < 0.03)
            {
                _processes[_random.Next(2)] = _rig.Start();
            }
        }

        Mend();
        await _rig.EndAsync(_processes[0]);
    }

    private bool IsWaiting() => _rig.Entities.Waiting > 0 || _rig.Topology.Inputs.Any(i => i.Kind switch
    {
        InputKind.Stream => Enumerable.Range(0, _rig.Hubs.PartitionsOf(i.Entity)).Any(p => _rig.Checkpoint(i, p) < _rig.Hubs.Count(i.Entity, p)),
        InputKind.Topic => _rig.Bus.Waiting(i.Consumer) > 0,
        _ => false,
    });

    private Task StepAsync()
    {
        var inputs = _rig.Topology.Inputs.Where(i => i.Kind is InputKind.Stream or InputKind.Topic).ToList();
        var input = inputs[_random.Next(inputs.Count)];
        return _random.Next(10) switch
        {
            0 => TryAsync(() => Any().SweepAsync()),
            1 or 2 or 3 => RunEntityAsync(),
            _ => input.Kind == InputKind.Stream ? StreamAsync(input) : TopicAsync(input),
        };
    }

    private AppProcess Any() => _processes[_random.Next(2)];

    // Either process may think that it owns the partition, and begins at a checkpoint of its own or a little before.
    private async Task StreamAsync(PipelineInput input)
    {
        var partition = _random.Next(_rig.Hubs.PartitionsOf(input.Entity));
        var checkpoint = _rig.Checkpoint(input, partition);
        var from = Math.Max(0, checkpoint - (_random.Next(3) == 0 ? _random.Next(25) : 0));
        var batch = _rig.Hubs.Messages(input.Entity, partition).Skip(from).Take(1 + _random.Next(20)).ToList();
        if (batch.Count > 0 && await TryAsync(() => Any().InvokeAsync(input, partition, batch, _invocation.Token)))
        {
            _rig.SetCheckpoint(input, partition, Math.Max(checkpoint, from + batch.Count));
        }
    }

    private async Task TopicAsync(PipelineInput input)
    {
        var messages = _rig.Bus.Receive(input.Consumer, 1 + _random.Next(4), _random);
        if (messages.Count == 0)
        {
            return;
        }

        await TryAsync(async () => await Any().InvokeAsync(input, messages, a => a.Settling = _ => Fault(lockLost: true), _invocation.Token));
        foreach (var message in messages.Where(m => m.Locked))
        {
            _rig.Bus.Release(message, "lock lost");
        }
    }

    private async Task RunEntityAsync()
    {
        for (var n = _random.Next(6); n > 0 && _rig.Entities.Take(_random) is { } signal; n--)
        {
            var undo = _random.NextDouble() < 0.1;
            IReadOnlyList<EntitySignal> batch = [signal, .. _rig.Entities.Take(signal.Id, _random.Next(5), _random)];
            await TryAsync(() => _rig.Entities.RunAsync(Any().Entity, batch, undo));

            // What was undone is delivered again; now and then what was done is as well.
            foreach (var again in batch.Where(_ => undo || _random.NextDouble() < 0.1))
            {
                _rig.Entities.Send(again);
            }
        }
    }

    private async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or CloudPump.Hosting.Invocations.StaleProgressException)
        {
            Failures++;
            if (_invocation.IsCancellationRequested)
            {
                _invocation = new CancellationTokenSource();
            }

            return false;
        }
    }

    private void BreakThings()
    {
        _rig.Tables.Writing = _ => Fault();
        _rig.Tables.Wrote = _ => Fault();
        _rig.Hubs.Sending = _ => Fault();
        _rig.Hubs.Sent = _ => Fault();
        _rig.Bus.Sending = () => Fault();
        _rig.Bus.Sent = () => Fault();
        _rig.Entities.Signalling = () => Fault();
        _rig.Entities.Loses = _ => _random.NextDouble() < 0.1;
    }

    private void Mend()
    {
        _rig.Tables.Writing = _rig.Tables.Wrote = _rig.Hubs.Sending = _rig.Hubs.Sent = static _ => { };
        _rig.Bus.Sending = _rig.Bus.Sent = _rig.Entities.Signalling = static () => { };
        _rig.Entities.Loses = static _ => false;
    }

    private void Fault(bool lockLost = false)
    {
        if (_random.NextDouble() >= FaultRate)
        {
            return;
        }

        if (lockLost)
        {
            throw new Azure.Messaging.ServiceBus.ServiceBusException("The lock is lost.", Azure.Messaging.ServiceBus.ServiceBusFailureReason.MessageLockLost);
        }

        if (_random.Next(4) == 0)
        {
            _invocation.Cancel();
            throw new OperationCanceledException("The invocation was cancelled.", _invocation.Token);
        }

        throw new IOException("The service is away.");
    }
}
