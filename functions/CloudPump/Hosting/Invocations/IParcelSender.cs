using CloudPump.Hosting.Parcels;

namespace CloudPump.Hosting.Invocations;

/// <summary>Sends what pipelines send to each other. When it returns, the transport has everything durably.</summary>
public interface IParcelSender
{
    /// <summary>Sends parcels; those for one partition of a stream in their order, with one send in flight.</summary>
    Task SendAsync(IReadOnlyList<Consignment> consignments, CancellationToken cancellationToken);

    /// <summary>Puts events from outside into a stream or, for a pipeline without one, its subscription. Events with the same key stay in order.</summary>
    Task IngestAsync(OutletKind kind, string target, IReadOnlyList<ReadOnlyMemory<byte>> events, string? key, CancellationToken cancellationToken);
}
