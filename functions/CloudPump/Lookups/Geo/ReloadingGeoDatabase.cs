using CloudPump.Lookups.Mmdb;

namespace CloudPump.Lookups.Geo;

/// <summary>A location database that is opened again when its files change, or when a newer one is installed. A file that cannot be read leaves the old one in use.</summary>
internal sealed class ReloadingGeoDatabase
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private readonly string? _path;
    private readonly string? _dataFolder;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private GeoDatabase _current;
    private string _state;
    private long _looked;

    /// <summary>Opens the database.</summary>
    /// <exception cref="MmdbException">A database was found and cannot be used, or the given one does not exist.</exception>
    public ReloadingGeoDatabase(string? path, string? dataFolder, TimeProvider time, Action<string> warn)
    {
        (_path, _dataFolder, _time, _warn) = (path, dataFolder, time, warn);
        _state = State();
        _current = GeoDatabase.Open(path, dataFolder);
        _looked = time.GetTimestamp();
    }

    /// <summary>The database to use for a batch.</summary>
    public GeoDatabase Current()
    {
        if (_time.GetElapsedTime(_looked) >= Every)
        {
            _looked = _time.GetTimestamp();
            Reload();
        }

        return _current;
    }

    private void Reload()
    {
        try
        {
            var state = State();
            if (state == _state)
            {
                return;
            }

            // Noted before it is opened: a broken file is told once, not every time.
            _state = state;
            var next = GeoDatabase.Open(_path, _dataFolder);
            _current.Dispose();
            _current = next;
        }
        catch (Exception e) when (e is MmdbException or IOException or UnauthorizedAccessException)
        {
            _warn($"geoip: the changed database cannot be used, so the old one stays: {e.Message}");
        }
    }

    private string State() => string.Join('|', GeoFiles.Choose(_path, _dataFolder).Select(f => new FileInfo(f)).Select(f => $"{f.FullName}:{(f.Exists ? f.LastWriteTimeUtc.Ticks : 0)}:{(f.Exists ? f.Length : 0)}"));
}
