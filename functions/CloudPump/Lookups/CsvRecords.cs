using CloudPump.Events;
using CloudPump.Parsers.Delimited;

namespace CloudPump.Lookups;

/// <summary>Reads delimited text of any length as records, block by block.</summary>
internal sealed class CsvRecords(CsvOptions options, LookupLoad load)
{
    private const int BlockSize = 256 << 10;
    private readonly CsvRecord _record = options.NewRecord();
    private readonly EventBatch _batch = new(load.Fields);
    private readonly ByteBuffer _pending = new(BlockSize);
    private CsvFields? _fields = options.Columns.Count > 0 ? new CsvFields(options, load.Fields, [.. options.Columns.Select(load.Fields.Id)]) : null;
    private long _count;

    /// <summary>Reads all of it.</summary>
    /// <exception cref="LookupException">A record is wrong.</exception>
    public async Task ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        for (var ended = false; !ended;)
        {
            var read = await input.ReadAsync(_pending.GetMemory(BlockSize)[..BlockSize], cancellationToken);
            _pending.Advance(read);
            ended = read == 0;
            var rest = Take(ended);
            var kept = _pending.Written[rest..].ToArray();
            _pending.Clear();
            _pending.Write(kept);
        }
    }

    // Returns how much of the block is whole records.
    private int Take(bool ended)
    {
        _batch.Clear();
        _batch.AddOrigin(new Origin(load.Name, 0));
        var start = _batch.Append(_pending.Written);
        var bom = _count == 0 && _fields is null && _pending.Written.StartsWith("\uFEFF"u8) ? 3 : 0;
        _record.Begin(start + bom, _pending.Length - bom);
        var done = start;
        while (_record.TryRead(_batch) && (ended || _record.Offset + _record.Length < start + _pending.Length))
        {
            Record();
            done = _record.Offset + _record.Length;
        }

        load.Add(_batch);
        return done - start;
    }

    private void Record()
    {
        _count++;
        if (_record.Problem is { } problem)
        {
            throw new LookupException($"The lookup '{load.Name}' cannot be read, at record {_count}: {problem}");
        }

        if (_fields is null)
        {
            _fields = new CsvFields(options, load.Fields, [.. Columns()]);
            return;
        }

        if (_fields.Set(_batch, _batch.Add(new EventHeader { RawLength = -1 }), _record.Fields) is { } wrong)
        {
            throw new LookupException($"The lookup '{load.Name}' cannot be read, at record {_count}: {wrong}");
        }
    }

    private List<ushort> Columns()
    {
        var columns = new List<ushort>();
        foreach (var field in _record.Fields)
        {
            if (!load.Fields.TryAdd(_batch.Bytes(field.Offset, field.Length), out var id) || columns.Contains(id))
            {
                throw new LookupException($"The header of the lookup '{load.Name}' has a column twice, or too many of them.");
            }

            columns.Add(id);
        }

        return columns;
    }
}
