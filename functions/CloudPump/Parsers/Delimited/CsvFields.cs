using System.Buffers.Text;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers.Delimited;

/// <summary>Turns the fields of a record into the fields of an event.</summary>
internal sealed class CsvFields(CsvOptions options, FieldTable names, ushort[] columns)
{
    private readonly FieldConversion _conversion = new();
    private readonly FieldType[] _types = [.. columns.Select(c => options.Types.Find(t => t.Key == names.Name(c)) is { Key: not null } type ? type.Value : FieldType.Text)];

    /// <summary>Sets the fields; returns what is wrong, or null.</summary>
    public string? Set(EventBatch batch, int row, ReadOnlySpan<CsvField> record)
    {
        if (record.Length != columns.Length)
        {
            return $"The record has {record.Length} fields, and there are {columns.Length} columns.";
        }

        for (var i = 0; i < columns.Length; i++)
        {
            var text = batch.Bytes(record[i].Offset, record[i].Length);
            if (text.Length > Slot.MaxLength || !Utf8.IsValid(text))
            {
                return $"Field {i + 1} of the record is not valid UTF-8, or longer than {Slot.MaxLength} bytes.";
            }

            var slot = default(Slot);
            slot.SetText(JsonText.IsPlain(text) ? FieldKind.PlainString : FieldKind.String, record[i].Offset, record[i].Length);
            if (!TryType(batch, i, record[i], ref slot))
            {
                return $"Field {i + 1} of the record, '{names.Name(columns[i])}', is no {OptionName(_types[i])}.";
            }

            if (slot.Kind != FieldKind.Missing)
            {
                batch.Put(row, columns[i]) = slot;
            }
        }

        return null;
    }

    private static string OptionName(FieldType type) => type.ToString().ToLowerInvariant();

    private bool TryType(EventBatch batch, int column, in CsvField field, ref Slot slot)
    {
        if (_types[column] != FieldType.Text)
        {
            if (field.Length == 0)
            {
                slot.Set(FieldKind.Null, 0);
                return true;
            }

            var ok = _conversion.TryConvert(batch, slot, _types[column], out var converted);
            slot = converted;
            return ok;
        }

        if (options.Infer && !field.IsQuoted)
        {
            Infer(batch.Bytes(field.Offset, field.Length), ref slot);
        }

        return true;
    }

    private static void Infer(ReadOnlySpan<byte> text, ref Slot slot)
    {
        if (text.IsEmpty)
        {
            slot = default;
        }
        else
        {
            InferredType.Apply(text, ref slot);
        }
    }
}
