using System.Buffers;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Connectors.Files;

/// <summary>
/// Comma-separated values (RFC 4180, lines end with \n): a header, then a line per event. Texts as they are, everything else as in JSON; a missing field and
/// null are empty. The columns are fixed by the first event, or by the header of the file that is gone on with.
/// </summary>
internal sealed class CsvEvents(IReadOnlyList<string> columns) : IEventFormat
{
    private static readonly SearchValues<byte> Quoted = SearchValues.Create(",\"\r\n"u8);
    private readonly EventJsonWriter _json = new();
    private readonly ByteBuffer _value = new(256);
    private List<string> _columns = [.. columns];
    private ushort[]? _fields;
    private bool _headerWritten;

    public void Continue(string firstLine)
    {
        _headerWritten = firstLine.Length > 0;
        if (_headerWritten)
        {
            _columns = CsvHeader.Split(firstLine);
        }
    }

    public void Write(ByteBuffer output, EventBatch batch, int row)
    {
        if (batch.IsRaw(row) || (batch.FieldCount(row) == 0 && _columns.Count == 0))
        {
            batch.Fail(row, "The event has no fields that could be columns of the CSV file; parse it before.");
            return;
        }

        var fields = _fields ??= FixColumns(batch, row);
        foreach (var id in batch.FieldIds(row))
        {
            if (!fields.AsSpan().Contains(id))
            {
                batch.Fail(row, $"The field '{batch.Fields.Name(id)}' is no column of the CSV file; remove it before, or list it in 'columns'.");
                return;
            }
        }

        if (!_headerWritten)
        {
            WriteHeader(output);
        }

        var start = output.Length;
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
            {
                output.WriteByte((byte)',');
            }

            WriteValue(output, batch, batch.Get(row, fields[i]));
        }

        if (fields.Length == 1 && output.Length == start)
        {
            // An empty line would be no event.
            output.Write("\"\""u8);
        }

        output.WriteByte((byte)'\n');
    }

    private ushort[] FixColumns(EventBatch batch, int row)
    {
        if (_columns.Count == 0)
        {
            foreach (var id in batch.FieldIds(row))
            {
                _columns.Add(batch.Fields.Name(id));
            }
        }

        return [.. _columns.Select(batch.Fields.Id)];
    }

    private void WriteHeader(ByteBuffer output)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            if (i > 0)
            {
                output.WriteByte((byte)',');
            }

            WriteText(output, Encoding.UTF8.GetBytes(_columns[i]));
        }

        output.WriteByte((byte)'\n');
        _headerWritten = true;
    }

    private void WriteValue(ByteBuffer output, EventBatch batch, in Slot slot)
    {
        if (slot.Kind is FieldKind.Missing or FieldKind.Null)
        {
            return;
        }

        if (slot.IsText)
        {
            WriteText(output, batch.Text(slot));
            return;
        }

        _value.Clear();
        _json.WriteValue(_value, batch, slot);
        var text = _value.Written;
        WriteText(output, text[0] == '"' ? text[1..^1] : text);
    }

    private static void WriteText(ByteBuffer output, ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(Quoted) < 0)
        {
            output.Write(text);
            return;
        }

        output.WriteByte((byte)'"');
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            output.Write(text[..(quote + 1)]);
            output.WriteByte((byte)'"');
            text = text[(quote + 1)..];
        }

        output.Write(text);
        output.WriteByte((byte)'"');
    }
}
