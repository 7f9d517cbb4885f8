using System.Security.Cryptography;
using CloudPump.Hosting.Invocations;

namespace CloudPump.App.Messaging;

/// <summary>Bodies that are too large for their transport lie in blobs; the message carries the blob's name. A rule of the storage account deletes old ones.</summary>
internal static class Claims
{
    /// <summary>Keeps a body; returns its name. The same body has the same name.</summary>
    public static async Task<string> PutAsync(IBlobs blobs, BinaryData body, CancellationToken cancellationToken)
    {
        var bytes = body.ToMemory();
        var name = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        await blobs.PutAsync(BlobContainers.Claims, name, bytes, cancellationToken);
        return name;
    }
}
