using System.Globalization;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>
/// A dynamic lookup in the host's tables. Every entry has a row, and what one commit changed stands once more as one row of a log, by the time of the commit: an instance reads all
/// entries when it starts and after that only the log. Rows of the log are read again for a while, because clocks differ, and their entries are known by their stamps.
/// </summary>
internal sealed class SharedEntries(Lookup lookup, ISharedTables tables, TimeProvider time)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private string? _after;

    /// <summary>Reads all entries.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _after = LogKey(time.GetUtcNow() - Overlap);
        var rows = 0;
        await foreach (var (_, bytes) in tables.ListAsync(TableOf(lookup.Name), null, cancellationToken))
        {
            rows++;
            Apply(bytes);
        }

        if (rows > lookup.Table.Count || lookup.Definition is TableLookup { Ttl: not null })
        {
            await TidyAsync(cancellationToken);
        }
    }

    /// <summary>Reads what other instances have changed.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await foreach (var (_, bytes) in tables.ListAsync(LogOf(lookup.Name), _after, cancellationToken))
        {
            Apply(bytes);
        }

        _after = LogKey(now - Overlap);
        await ForgetAsync(LogKey(now - Kept), cancellationToken);
    }

    /// <summary>The table of a lookup's entries.</summary>
    public static string TableOf(string lookup) => "lookup/" + lookup;

    /// <summary>The table of its changes.</summary>
    public static string LogOf(string lookup) => "lookup-log/" + lookup;

    /// <summary>A key of the log, by time.</summary>
    public static string LogKey(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>An entry or a change as bytes.</summary>
    public static void Write(ByteBuffer output, ReadOnlySpan<byte> key, FieldKind kind, ReadOnlySpan<byte> value, long stamp) =>
        LookupChanges.Write(output, kind, key, stamp, 0, value);

    private void Apply(ReadOnlySpan<byte> bytes)
    {
        for (var input = new ByteReader(bytes); !input.IsEmpty;)
        {
            var kind = (FieldKind)input.Byte();
            var key = input.Blob();
            var stamp = input.Number();
            input.Varint();
            lookup.Set(key, kind, input.Blob(), stamp);
        }
    }

    // The rows of entries that were too many, or are too old.
    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        var (now, gone) = (time.GetUtcNow().UtcTicks, new List<TableWrite>());
        await foreach (var (key, _) in tables.ListAsync(TableOf(lookup.Name), null, cancellationToken))
        {
            if (!lookup.TryFind(System.Text.Encoding.UTF8.GetBytes(key), now, out _))
            {
                gone.Add(new TableWrite(TableOf(lookup.Name), key, null));
            }
        }

        if (gone.Count > 0)
        {
            await tables.SetAsync(gone, cancellationToken);
        }
    }

    private async Task ForgetAsync(string before, CancellationToken cancellationToken)
    {
        var old = new List<TableWrite>();
        await foreach (var (key, _) in tables.ListAsync(LogOf(lookup.Name), null, cancellationToken))
        {
            if (string.CompareOrdinal(key, before) >= 0)
            {
                break;
            }

            old.Add(new TableWrite(LogOf(lookup.Name), key, null));
        }

        if (old.Count > 0)
        {
            await tables.SetAsync(old, cancellationToken);
        }
    }
}
