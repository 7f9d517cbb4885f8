using Azure;
using Azure.Storage.Blobs;
using CloudPump.App.Hosting;
using CloudPump.Hosting.Invocations;

namespace CloudPump.App.Storage;

/// <summary>Blobs of the app's storage account.</summary>
public sealed class AzureBlobs : IBlobs
{
    private readonly BlobServiceClient _service;
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _making = new(1, 1);

    /// <summary>Connects to the storage account.</summary>
    public AzureBlobs(AppSettings settings, AzureClients clients) => _service = settings.ConnectionString(AppSettings.Storage) is { } text
        ? new BlobServiceClient(text)
        : new BlobServiceClient(new Uri(settings.Part(AppSettings.Storage, "blobServiceUri")), clients.Credential);

    /// <inheritdoc/>
    public async Task PutAsync(string container, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var blobs = await ContainerAsync(container, cancellationToken);
        await blobs.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string container, string name, CancellationToken cancellationToken)
    {
        try
        {
            var content = await _service.GetBlobContainerClient(container).GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return content.Value.Content.ToMemory();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string container, string name, CancellationToken cancellationToken) =>
        await _service.GetBlobContainerClient(container).GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    // On Azure the infrastructure has made them; an emulator begins empty.
    private async Task<BlobContainerClient> ContainerAsync(string container, CancellationToken cancellationToken)
    {
        var client = _service.GetBlobContainerClient(container);
        await _making.WaitAsync(cancellationToken);
        try
        {
            if (!_made.Contains(container))
            {
                await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                _made.Add(container);
            }
        }
        finally
        {
            _making.Release();
        }

        return client;
    }
}
