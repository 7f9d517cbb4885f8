using CloudPump.Events;
using CloudPump.Lookups.Tables;
using CloudPump.Parsers.Delimited;
using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>One reading of a lookup's source: what the source may know, and where its records go.</summary>
public sealed class LookupLoad
{
    private readonly LookupRecords _records;

    internal LookupLoad(LookupRecords records) => _records = records;

    /// <summary>The lookup's name.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of lookups.yaml: relative paths begin there.</summary>
    public required string Folder { get; init; }

    /// <summary>The connections.</summary>
    public ConnectionSet Connections { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the host supplies besides; null when it supplies nothing.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Tells the source's state, as the last reading left it (a time, an ETag); a reading that finds it unchanged sets <see cref="IsUnchanged"/> and ends.</summary>
    public string? State { get; set; }

    /// <summary>The source is as it was.</summary>
    public bool IsUnchanged { get; set; }

    /// <summary>The names of the records' fields.</summary>
    public FieldTable Fields => _records.Fields;

    /// <summary>Takes the records of a batch: every row is one.</summary>
    /// <exception cref="LookupException">A record has no key, or it cannot be one.</exception>
    public void Add(EventBatch batch) => _records.Add(batch);

    /// <summary>Takes the records of a text.</summary>
    /// <exception cref="LookupException">The text is not of the format, or a record cannot be an entry.</exception>
    public async ValueTask ReadAsync(Stream input, LookupFormat format, CsvOptions csv, CancellationToken cancellationToken)
    {
        if (format == LookupFormat.Csv)
        {
            await new CsvRecords(csv, this).ReadAsync(input, cancellationToken);
            return;
        }

        var text = new MemoryStream();
        await input.CopyToAsync(text, cancellationToken);
        new JsonRecords(_records.Key, this).Read(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    /// <summary>Whose numbering the last state that was followed has; 0 before the first.</summary>
    public ulong Epoch => Current.Count > 0 || Current.Sequence > 0 ? Current.Epoch : 0;

    /// <summary>The number of the last change that was followed.</summary>
    public uint Version => Current.Sequence;

    /// <summary>The table before this reading, for sources that tell only what has changed.</summary>
    internal LookupTable Current { get; init; } = new();

    /// <summary>The table is numbered by its publisher.</summary>
    internal bool IsFollowed { get; private set; }

    /// <summary>The table after it.</summary>
    internal LookupTable Table => _records.Table;

    /// <summary>
    /// Takes what another instance has published, and asks for more when changes are missing: null then. The table is numbered as the publisher's.
    /// </summary>
    /// <exception cref="LookupException">The data is damaged.</exception>
    public bool TryFollow(ReadOnlySpan<byte> published)
    {
        try
        {
            if (LookupChanges.Apply(Current, published) is { } table)
            {
                _records.Take(table);
                IsFollowed = true;
                return true;
            }

            return false;
        }
        catch (InvalidDataException e)
        {
            throw new LookupException($"What was published of the lookup '{Name}' cannot be read: {e.Message}", e);
        }
    }
}
