using System.Security.Cryptography;

namespace CloudPump.Tests.App.Azurite;

/// <summary>Tests of the app's storage with the real clients, on an emulator's account of their own.</summary>
public abstract class AzuriteTests : IAsyncLifetime
{
    /// <summary>A name that no other test has.</summary>
    protected string Unique { get; } = NewName();

    internal AzuriteAccount Account { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    // An emulator outlives a run of the tests.
    internal static string NewName() => "u" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    public async ValueTask InitializeAsync() => Account = await AzuriteAccount.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Account is not null)
        {
            await Account.DisposeAsync();
        }
    }
}
