namespace CloudPump.Hosting.Parcels;

/// <summary>A parcel on its way to a transport.</summary>
/// <param name="Kind">Over the topic or a stream.</param>
/// <param name="Target">The pipeline, or the stream.</param>
/// <param name="Partition">The stream's partition; 0 for a topic.</param>
/// <param name="Lane">The sending step, for the message's property `route`.</param>
/// <param name="Parcel">The events.</param>
public sealed record Consignment(OutletKind Kind, string Target, int Partition, string Lane, Parcel Parcel)
{
    /// <summary>
    /// The blocks of a commit as parcels: those of one step, target, partition and way together, so that a batch costs one message per route.
    /// A parcel is closed beyond <paramref name="largest"/> bytes of events, between blocks.
    /// </summary>
    public static IReadOnlyList<Consignment> Of(string pipeline, IEnumerable<Outgoing> outgoing, int largest)
    {
        var consignments = new List<Consignment>();
        foreach (var group in outgoing.GroupBy(o => (o.Kind, o.Target, o.Partition, o.Lane, o.Hop)))
        {
            var (kind, target, partition, lane, hop) = group.Key;
            var from = $"{pipeline}/{lane}/{partition}";
            var blocks = new List<ParcelBlock>();
            var size = 0;
            foreach (var block in group)
            {
                if (size > 0 && size + block.Block.Length > largest)
                {
                    consignments.Add(new Consignment(kind, target, partition, lane, new Parcel(from, hop, blocks)));
                    (blocks, size) = ([], 0);
                }

                blocks.Add(new ParcelBlock(block.Positions, block.Block));
                size += block.Block.Length;
            }

            consignments.Add(new Consignment(kind, target, partition, lane, new Parcel(from, hop, blocks)));
        }

        return consignments;
    }
}
