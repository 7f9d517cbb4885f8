namespace CloudPump.Embedded.Storage;

/// <summary>Named key-value tables: what lookups and cursors are kept in.</summary>
internal sealed class TableStore(StoreDatabase database)
{
    /// <summary>The value of a key, or null.</summary>
    public byte[]? Get(string table, string key)
    {
        lock (database.WriteLock)
        {
            using var read = new Statement(database.Writer, "SELECT value FROM entry WHERE name = $1 AND key = $2");
            return (byte[]?)read.Scalar(table, key);
        }
    }

    /// <summary>Sets the value of a key; null deletes it.</summary>
    public void Set(string table, string key, byte[]? value)
    {
        lock (database.WriteLock)
        {
            if (value is null)
            {
                using var delete = new Statement(database.Writer, "DELETE FROM entry WHERE name = $1 AND key = $2");
                delete.Run(table, key);
                return;
            }

            using var write = new Statement(database.Writer, "INSERT INTO entry(name, key, value) VALUES($1, $2, $3) ON CONFLICT DO UPDATE SET value = excluded.value");
            write.Run(table, key, value);
        }
    }

    /// <summary>The entries of a table, by key.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> List(string table)
    {
        lock (database.WriteLock)
        {
            using var read = new Statement(database.Writer, "SELECT key, value FROM entry WHERE name = $1 ORDER BY key");
            using var rows = read.Query(table);
            var entries = new List<KeyValuePair<string, byte[]>>();
            while (rows.Read())
            {
                entries.Add(KeyValuePair.Create(rows.GetString(0), rows.GetFieldValue<byte[]>(1)));
            }

            return entries;
        }
    }
}
