using System.Net.Sockets;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using CloudPump.App.Hosting;
using CloudPump.App.Storage;
using Microsoft.Extensions.Configuration;

namespace CloudPump.Tests.App.Azurite;

/// <summary>
/// A storage account of the emulator: the one that CLOUDPUMP_AZURITE connects to, which must be there, or else the one at the usual ports. Every account has tables of
/// its own names, so that tests do not see each other's.
/// </summary>
internal sealed class AzuriteAccount : IAsyncDisposable
{
    private const string Variable = "CLOUDPUMP_AZURITE";
    private readonly OwnTables _own;

    private AzuriteAccount(string connection)
    {
        _own = new OwnTables(new TableServiceClient(connection));
        var settings = new AppSettings(new ConfigurationBuilder().AddInMemoryCollection([new(AppSettings.Storage, connection)]).Build());
        Tables = new Tables(_own);
        Blobs = new AzureBlobs(settings, new AzureClients(settings));
        BlobService = new BlobServiceClient(connection);
    }

    public TableServiceClient TableService => _own;

    public BlobServiceClient BlobService { get; }

    public Tables Tables { get; }

    public AzureBlobs Blobs { get; }

    /// <summary>Connects to the emulator; skips the test when there is none.</summary>
    public static async Task<AzuriteAccount> OpenAsync()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var account = new AzuriteAccount(string.IsNullOrEmpty(named) ? "UseDevelopmentStorage=true" : named);
        if (!(await AnswersAsync(account.TableService.Uri) && await AnswersAsync(account.BlobService.Uri)))
        {
            Assert.SkipWhen(string.IsNullOrEmpty(named), $"Azurite does not answer on this machine; start it, or set {Variable} to its connection string.");
            Assert.Fail($"Nothing answers where {Variable} points to.");
        }

        return account;
    }

    public async ValueTask DisposeAsync() => await _own.DeleteAsync();

    private static async Task<bool> AnswersAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed class OwnTables(TableServiceClient service) : TableServiceClient
    {
        private readonly string _prefix = AzuriteTests.NewName();
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        public override Uri Uri => service.Uri;

        public override TableClient GetTableClient(string tableName)
        {
            lock (_names)
            {
                _names.Add(_prefix + tableName);
            }

            return service.GetTableClient(_prefix + tableName);
        }

        public Task DeleteAsync() => Task.WhenAll(_names.Select(n => service.DeleteTableAsync(n)));
    }
}
