using Microsoft.DurableTask.Entities;

namespace CloudPump.Tests.App.Fakes;

/// <summary>A signal on its way to an entity; its input is JSON, as it travels.</summary>
internal sealed record EntitySignal(EntityInstanceId Id, string Operation, string? Input);
