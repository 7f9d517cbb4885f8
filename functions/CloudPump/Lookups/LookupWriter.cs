using System.Globalization;
using System.Text;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Lookups;

/// <summary>Sets entries of a dynamic lookup: at once for this process, and with the next commit for good and for other instances.</summary>
internal sealed class LookupWriter(Lookup lookup, PendingWrites pending, TimeProvider time)
{
    private const int MostLog = 32 << 10;
    private readonly ByteBuffer _entry = new(256);
    private readonly ByteBuffer _log = new(4096);
    private readonly string _writer = System.Security.Cryptography.RandomNumberGenerator.GetHexString(8, lowercase: true);
    private long _number;

    /// <summary>Sets or (with the kind Missing) removes an entry.</summary>
    public void Set(ReadOnlySpan<byte> key, FieldKind kind, ReadOnlySpan<byte> value, long stamp)
    {
        if (!lookup.Set(key, kind, value, stamp))
        {
            return;
        }

        _entry.Clear();
        SharedEntries.Write(_entry, key, kind, value, stamp);
        pending.Set(SharedEntries.TableOf(lookup.Name), Encoding.UTF8.GetString(key), kind == FieldKind.Missing ? null : _entry.Written.ToArray());
        _log.Write(_entry.Written);
        if (_log.Length > MostLog)
        {
            EndLog();
        }
    }

    /// <summary>Puts what was changed into the log; called once per batch.</summary>
    public void EndLog()
    {
        if (_log.Length == 0)
        {
            return;
        }

        var logKey = string.Create(CultureInfo.InvariantCulture, $"{SharedEntries.LogKey(time.GetUtcNow())}-{_writer}-{_number++:D6}");
        pending.Set(SharedEntries.LogOf(lookup.Name), logKey, _log.Written.ToArray());
        _log.Clear();
    }
}
