using System.Buffers;
using CloudPump.Lookups.Mmdb;

namespace CloudPump.Lookups.Geo;

/// <summary>
/// Finds the location record of an address given as text, in MaxMind databases or in the built-in table. An instance serves one
/// thread, because of its cache; <see cref="ForAnotherThread"/> gives further ones over the same open files.
/// </summary>
public sealed class GeoDatabase : IDisposable
{
    private const int DefaultCacheEntries = 16_384;
    private readonly MmdbReader[] _readers;
    private readonly bool _ownsReaders;
    private readonly int _cacheEntries;
    private readonly AddressCache _cache;
    private readonly ArrayBufferWriter<byte> _json = new(256);

    private GeoDatabase(MmdbReader[] readers, IReadOnlyList<string> files, bool ownsReaders, int cacheEntries)
    {
        _readers = readers;
        _ownsReaders = ownsReaders;
        _cacheEntries = cacheEntries;
        _cache = new AddressCache(cacheEntries);
        Files = files;
    }

    /// <summary>Whether no database is used but the small built-in table.</summary>
    public bool IsBuiltIn => _readers.Length == 0;

    /// <summary>The open database files; none with the built-in table.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>
    /// Opens the given database (an .mmdb file or a folder of them), else the newest one in <c>geoip</c> of the data folder,
    /// else the built-in table.
    /// </summary>
    /// <exception cref="MmdbException">A database was found and cannot be used, or the given one does not exist.</exception>
    public static GeoDatabase Open(string? path, string? dataFolder, int cacheEntries = DefaultCacheEntries)
    {
        var files = GeoFiles.Choose(path, dataFolder);
        var readers = new List<MmdbReader>(files.Length);
        try
        {
            foreach (var file in files)
            {
                readers.Add(MmdbReader.Open(file));
            }
        }
        catch
        {
            readers.ForEach(reader => reader.Dispose());
            throw;
        }

        return new GeoDatabase([.. readers], files, ownsReaders: true, cacheEntries);
    }

    /// <summary>An instance for another thread over the same open files. The one that opened them must be disposed of last.</summary>
    public GeoDatabase ForAnotherThread() => new(_readers, Files, ownsReaders: false, _cacheEntries);

    /// <summary>
    /// Finds the record of an address as a compact JSON object, in the shape the database gives it. No record: private and
    /// reserved addresses, texts that are no address, addresses the database does not know.
    /// </summary>
    /// <param name="addressTextUtf8">The address as text.</param>
    /// <param name="json">The record; valid until the next call.</param>
    /// <exception cref="MmdbException">The database is damaged.</exception>
    public bool TryFindJson(scoped ReadOnlySpan<byte> addressTextUtf8, out ReadOnlySpan<byte> json)
    {
        AddressKey key;
        if (addressTextUtf8.Length is > 0 and <= 16)
        {
            key = AddressKey.OfText(addressTextUtf8);
        }
        else if (!TryMakeKey(addressTextUtf8, out key))
        {
            json = default;
            return false;
        }

        if (!_cache.TryGet(key, out json))
        {
            json = _cache.Add(key, Find(addressTextUtf8));
        }

        return !json.IsEmpty;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var reader in _ownsReaders ? _readers : [])
        {
            reader.Dispose();
        }
    }

    private static bool TryMakeKey(ReadOnlySpan<byte> text, out AddressKey key)
    {
        Span<byte> address = stackalloc byte[16];
        var isAddress = AddressParser.TryParse(text, address, out var length);
        key = isAddress ? AddressKey.OfBytes(address[..length]) : default;
        return isAddress;
    }

    private ReadOnlySpan<byte> Find(scoped ReadOnlySpan<byte> text)
    {
        Span<byte> room = stackalloc byte[16];
        if (!AddressParser.TryParse(text, room, out var length) || !PublicAddresses.Contains(room[..length]))
        {
            return default;
        }

        ReadOnlySpan<byte> address = room[..length];
        if (IsBuiltIn)
        {
            BuiltInCountries.TryFindJson(address, out var builtIn);
            return builtIn;
        }

        foreach (var reader in _readers)
        {
            if (reader.TryFind(address, out var record))
            {
                return ReadJson(reader, record);
            }
        }

        return default;
    }

    private ReadOnlySpan<byte> ReadJson(MmdbReader reader, scoped in MmdbRecord record)
    {
        _json.ResetWrittenCount();
        reader.WriteJson(record, _json);
        if (_json.WrittenSpan[0] == (byte)'{')
        {
            return _json.WrittenSpan;
        }

        // A database may hold bare values; callers are promised an object.
        _json.ResetWrittenCount();
        _json.Write("{\"value\":"u8);
        reader.WriteJson(record, _json);
        _json.Write("}"u8);
        return _json.WrittenSpan;
    }
}
