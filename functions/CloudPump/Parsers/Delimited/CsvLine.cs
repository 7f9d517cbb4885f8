using CloudPump.Events;

namespace CloudPump.Parsers.Delimited;

/// <summary>Reads events that are one record each.</summary>
internal sealed class CsvLine(CsvOptions options, FieldTable fields) : RawParser
{
    private readonly CsvRecord _record = options.NewRecord();
    private readonly CsvFields _fields = new(options, fields, [.. options.Columns.Select(fields.Id)]);

    protected override string? Parse(EventBatch batch, int row)
    {
        ref readonly var header = ref batch.Header(row);
        _record.Begin(header.RawOffset, header.RawLength);
        if (!_record.TryRead(batch))
        {
            return "The event is empty, so it has no record.";
        }

        var problem = _record.Problem ?? _fields.Set(batch, row, _record.Fields);
        return problem ?? (_record.TryRead(batch) ? "The event has more than one record; with 'document: true' each becomes an event." : null);
    }
}
