using System.Text.Unicode;
using CloudPump.Events;
using CloudPump.Generators;

namespace CloudPump.Parsers.Delimited;

/// <summary>Makes one event of each record of a document: of the original bytes, or of a text field.</summary>
internal sealed class CsvDocument(CsvOptions options, FieldTable names, FieldPath? field) : EventGenerator
{
    private readonly CsvRecord _record = options.NewRecord();
    private readonly CsvFields? _named = options.Columns.Count > 0 ? new CsvFields(options, names, [.. options.Columns.Select(names.Id)]) : null;
    private readonly ByteBuffer _lastHeader = new(256);
    private CsvFields? _last;
    private string? _problem;

    protected override string? Generate(EventBatch batch, int row, ChildEvents children)
    {
        if (Begin(batch, row) is { } error)
        {
            return error;
        }

        var fields = _named;
        var (headerOffset, headerLength) = (0, 0);
        if (fields is null && _record.TryRead(batch))
        {
            (headerOffset, headerLength) = (_record.Offset, _record.Length);
            fields = Header(batch);
        }

        return fields is null ? _problem : Records(batch, row, children, fields, headerOffset, headerLength);
    }

    private string? Begin(EventBatch batch, int row)
    {
        _problem = null;
        if (field is null)
        {
            ref readonly var header = ref batch.Header(row);
            var bom = batch.Raw(row).StartsWith("\uFEFF"u8) ? 3 : 0;
            _record.Begin(header.RawOffset + bom, Math.Max(header.RawLength - bom, 0));
            return header.RawLength < 0 ? RawParser.NoOriginal : null;
        }

        var slot = field.Get(batch, row);
        _record.Begin(slot.Offset, slot.Length);
        return slot.IsText ? null : $"The field '{field.Text}' holds no text.";
    }

    private string? Records(EventBatch batch, int row, ChildEvents children, CsvFields fields, int headerOffset, int headerLength)
    {
        while (_record.TryRead(batch))
        {
            var added = field is null ? children.TryAdd(_record.Offset, _record.Length, out var child) : children.TryAdd(out child);
            if (!added)
            {
                return TooMany;
            }

            if (field is not null)
            {
                batch.CopyFields(row, child);
                field.Remove(batch, child);
            }

            var problem = _record.Problem ?? fields.Set(batch, child, _record.Fields);
            if (problem is not null)
            {
                Refuse(batch, child, children.Count, problem, headerOffset, headerLength);
            }
            else
            {
                batch.MarkParsed(child);
            }
        }

        return null;
    }

    // The dead letter is a document of its own, with the header, so that it can be replayed.
    private void Refuse(EventBatch batch, int child, int number, string problem, int headerOffset, int headerLength)
    {
        if (field is null)
        {
            batch.ClearFields(child);
            batch.PrependRaw(child, headerOffset, headerLength);
        }

        batch.Fail(child, $"Record {number} of the document: {problem}");
    }

    // Documents of one kind have one header: its names are resolved once.
    private CsvFields? Header(EventBatch batch)
    {
        var text = batch.Bytes(_record.Offset, _record.Length);
        if (_last is not null && text.SequenceEqual(_lastHeader.Written))
        {
            return _last;
        }

        _problem = _record.Problem is { } problem ? $"The header: {problem}"
            : _record.Fields.Length > EventBatch.MaxFields ? $"The header has more than {EventBatch.MaxFields} columns." : null;
        var columns = new ushort[_record.Fields.Length];
        for (var i = 0; i < columns.Length && _problem is null; i++)
        {
            columns[i] = Column(batch, _record.Fields[i], i);
            if (columns.AsSpan(0, i).Contains(columns[i]))
            {
                _problem = $"Columns {columns.AsSpan().IndexOf(columns[i]) + 1} and {i + 1} of the header have the same name.";
            }
        }

        if (_problem is not null)
        {
            return null;
        }

        _lastHeader.Clear();
        _lastHeader.Write(text);
        return _last = new CsvFields(options, names, columns);
    }

    private ushort Column(EventBatch batch, in CsvField column, int index)
    {
        var name = batch.Bytes(column.Offset, column.Length);
        if (!Utf8.IsValid(name))
        {
            _problem = $"The name of column {index + 1} is not valid UTF-8.";
        }
        else if (names.TryAdd(name, out var id))
        {
            return id;
        }
        else
        {
            _problem = $"The pipeline has met more than {FieldTable.MaxNames} different field names; the header brings more.";
        }

        return 0;
    }
}
