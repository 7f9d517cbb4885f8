using CloudPump.Events;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>Makes the entries of a new table of the records that a source gives.</summary>
internal sealed class LookupRecords
{
    private readonly LookupOptions _options;
    private readonly FieldType[] _types;
    private readonly ushort[] _keyFields;
    private readonly byte[] _key = new byte[LookupTable.MaxKey + 1];
    private readonly LookupEventValue _value;
    private readonly string _name;
    private long _count;

    public LookupRecords(string name, LookupOptions options)
    {
        (_name, _options) = (name, options);
        _types = [.. options.Key.Select(options.TypeOf)];
        _keyFields = [.. options.Key.Select(Fields.Id)];
        _value = new LookupEventValue(options.Value, options.Values, options.Key, Fields);
    }

    /// <summary>The first part of the key.</summary>
    public string Key => _options.Key[0];

    /// <summary>The names of the records' fields.</summary>
    public FieldTable Fields { get; } = new();

    /// <summary>The entries so far.</summary>
    public LookupTable Table { get; private set; } = new();

    /// <summary>Takes the rows of a batch.</summary>
    public void Add(EventBatch batch)
    {
        foreach (var failure in batch.Failures)
        {
            throw new LookupException($"The lookup '{_name}' cannot be read, at record {_count + failure.Row + 1}: {failure.Reason}");
        }

        foreach (var row in batch.Rows)
        {
            _count++;
            var key = KeyOf(batch, row);
            var kind = _value.Write(batch, row);
            if (_value.Written.Length > LookupTable.MaxValue)
            {
                throw new LookupException($"Record {_count} of the lookup '{_name}' has a value of {_value.Written.Length} bytes; it can have {LookupTable.MaxValue}.");
            }

            Table.Set(key, kind, _value.Written, 0);
        }
    }

    /// <summary>Takes a whole table instead.</summary>
    public void Take(LookupTable table) => Table = table;

    private ReadOnlySpan<byte> KeyOf(EventBatch batch, int row)
    {
        var key = new LookupKey(_key, _types);
        for (var part = 0; part < _keyFields.Length; part++)
        {
            if (!key.TryAppend(batch, batch.Get(row, _keyFields[part])))
            {
                throw new LookupException($"Record {_count} of the lookup '{_name}' has no '{_options.Key[part]}' that could be a key of at most {LookupTable.MaxKey} bytes.");
            }
        }

        return key.Written;
    }
}
