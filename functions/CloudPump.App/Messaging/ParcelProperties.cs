using CloudPump.Hosting.Parcels;

namespace CloudPump.App.Messaging;

/// <summary>What stands on the outside of a message: filters of subscriptions see these, never the body.</summary>
internal static class ParcelProperties
{
    /// <summary>The pipeline that gets it; subscriptions filter by it.</summary>
    public const string Pipeline = "pipeline";

    public static IEnumerable<KeyValuePair<string, object>> Of(Consignment consignment) =>
    [
        new(Pipeline, consignment.Target),
        new("route", consignment.Parcel.From),
        new("count", consignment.Parcel.Count),
    ];
}
