using System.Diagnostics.CodeAnalysis;

namespace Azure.Data.Tables;

[SuppressMessage("Naming", "CA1710", Justification = "The SDK's name.")]
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public TableEntity()
    {
    }

    public TableEntity(string partitionKey, string rowKey) => (PartitionKey, RowKey) = (partitionKey, rowKey);

    public TableEntity(IDictionary<string, object> values) => _values = new Dictionary<string, object>(values, StringComparer.Ordinal);

    public string PartitionKey
    {
        get => GetString("PartitionKey");
        set => _values["PartitionKey"] = value;
    }

    public string RowKey
    {
        get => GetString("RowKey");
        set => _values["RowKey"] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset("Timestamp");
        set => _values["Timestamp"] = value!;
    }

    public ETag ETag
    {
        get => GetString("odata.etag") is { } tag ? new ETag(tag) : default;
        set => _values["odata.etag"] = value.ToString();
    }

    public ICollection<string> Keys => _values.Keys;

    ICollection<object> IDictionary<string, object>.Values => _values.Values;

    public int Count => _values.Count;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    public object this[string key]
    {
        get => _values.GetValueOrDefault(key)!;
        set => _values[key] = value;
    }

    public string GetString(string key) => (string)this[key];

    public byte[] GetBinary(string key) => (byte[])this[key];

    public bool? GetBoolean(string key) => (bool?)this[key];

    public DateTimeOffset? GetDateTimeOffset(string key) => (DateTimeOffset?)this[key];

    public int? GetInt32(string key) => (int?)this[key];

    public long? GetInt64(string key) => (long?)this[key];

    public void Add(string key, object value) => _values.Add(key, value);

    public bool ContainsKey(string key) => _values.ContainsKey(key);

    public bool Remove(string key) => _values.Remove(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value) => _values.TryGetValue(key, out value);

    public void Clear() => _values.Clear();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => _values.Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)_values).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) => Remove(item.Key);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => _values.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => _values.GetEnumerator();
}
