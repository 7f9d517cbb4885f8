using CloudPump.Events;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>What a host sends to those that follow its lookups.</summary>
public static class LookupPublisher
{
    /// <summary>The media type of what is sent.</summary>
    public const string ContentType = "application/vnd.cloudpump.lookup";

    /// <summary>What has changed in a lookup since a follower last asked; everything when it has not, or asked another instance.</summary>
    /// <param name="lookup">The lookup.</param>
    /// <param name="epoch">Whose numbering the follower has; 0 for none.</param>
    /// <param name="since">The last change that it has.</param>
    public static byte[] ChangesOf(Lookup lookup, ulong epoch, uint since)
    {
        var output = new ByteBuffer();
        LookupChanges.Write(lookup.Table, epoch, since, output);
        return output.Written.ToArray();
    }
}
