using Microsoft.DurableTask.Client;

namespace CloudPump.Tests.App.Fakes;

/// <summary>What the rig takes for its durable entities: those in memory, or what the real client and worker run on.</summary>
internal interface IEntityService
{
    /// <summary>The client that the functions get.</summary>
    DurableTaskClient Client { get; }

    /// <summary>How many signals wait.</summary>
    int Waiting { get; }

    /// <summary>Runs what waits next; false when nothing does.</summary>
    Task<bool> StepAsync(AppProcess process);
}
