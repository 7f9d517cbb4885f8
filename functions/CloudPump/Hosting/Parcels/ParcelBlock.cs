namespace CloudPump.Hosting.Parcels;

/// <summary>A block of events in a parcel.</summary>
/// <param name="Positions">The events' positions on their way, in order.</param>
/// <param name="Block">The events, as <see cref="Events.EventBlockWriter"/> packs them.</param>
public sealed record ParcelBlock(IReadOnlyList<PositionRun> Positions, ReadOnlyMemory<byte> Block);
