using CloudPump.Events;

namespace CloudPump.Hosting.Parcels;

/// <summary>What travels as one message between pipelines: events of one sending step, of one way, for one partition of a target.</summary>
/// <param name="From">Who sends: pipeline, step, and the target's partition.</param>
/// <param name="Hop">The way that the events have come so far.</param>
/// <param name="Blocks">The events.</param>
public sealed record Parcel(string From, Hop Hop, IReadOnlyList<ParcelBlock> Blocks)
{
    /// <summary>The content type of a message that is a parcel.</summary>
    public const string ContentType = "application/vnd.cloudpump.parcel";

    /// <summary>How many events it holds.</summary>
    public int Count => Blocks.Sum(b => b.Positions.Sum(p => p.Count));

    /// <summary>The way of its events from here on. Long ways are shortened to a hash: they only need to differ.</summary>
    public Hop NextHop
    {
        get
        {
            var path = $"{Hop.Path}>{From}";
            return Hop with { Path = path.Length <= 200 ? path : path[..180] + StableHash.Of(System.Text.Encoding.UTF8.GetBytes(path)).ToString("x16") };
        }
    }
}
