using System.Security.Cryptography;

namespace CloudPump.Cli.Geo;

/// <summary>Computes the checksum that the registry promised for an archive: sha512 of `integrity`, or for old packages sha1 of `shasum`.</summary>
internal sealed class ArchiveChecksum : IDisposable
{
    private const string Sha512Prefix = "sha512-";
    private readonly NpmPackage _package;
    private readonly IncrementalHash _hash;
    private readonly byte[] _expected;

    public ArchiveChecksum(NpmPackage package)
    {
        _package = package;
        var sha512 = package.Integrity?.Split(' ').FirstOrDefault(part => part.StartsWith(Sha512Prefix, StringComparison.Ordinal));
        try
        {
            _expected = sha512 is not null
                ? Convert.FromBase64String(sha512[Sha512Prefix.Length..].Split('?')[0])
                : Convert.FromHexString(package.Shasum ?? "");
        }
        catch (FormatException)
        {
            _expected = [];
        }

        _hash = IncrementalHash.CreateHash(sha512 is not null ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA1);
        if (_expected.Length != _hash.HashLengthInBytes)
        {
            _hash.Dispose();
            throw new GeoInstallException(
                $"The registry gives no usable checksum for {package.Name}, so the download could not be trusted. Use another registry.");
        }
    }

    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public void Verify()
    {
        if (!_hash.GetHashAndReset().AsSpan().SequenceEqual(_expected))
        {
            throw new GeoInstallException(
                $"The download of {_package.Name} {_package.Version} does not have the checksum "
                + "the registry promised. Try again; nothing was installed.");
        }
    }

    public void Dispose() => _hash.Dispose();
}
