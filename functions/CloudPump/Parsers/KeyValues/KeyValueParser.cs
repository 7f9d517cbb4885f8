using System.Text;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers.KeyValues;

/// <summary>Reads pairs of keys and values. Values stay where they are in the arena, except those with escapes.</summary>
internal sealed class KeyValueParser(KeyValue options, PairSeparators separators, FieldTable fields) : RawParser
{
    private readonly byte _quote = (byte)options.Quote[0];
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(options.Prefix);
    private readonly ByteBuffer _name = new(64);
    private int _start;
    private int _end;
    private int _at;

    protected override string? Parse(EventBatch batch, int row)
    {
        if (!Utf8.IsValid(batch.Raw(row)))
        {
            return "The event is not valid UTF-8.";
        }

        ref readonly var header = ref batch.Header(row);
        _at = _start = header.RawOffset;
        _end = _start + header.RawLength;
        SkipToPair(batch);
        while (_at < _end)
        {
            if (Pair(batch, row) is { } problem)
            {
                return problem;
            }

            SkipToPair(batch);
        }

        return null;
    }

    private ReadOnlySpan<byte> Rest(EventBatch batch) => batch.Bytes(_at, _end - _at);

    private string At(int offset) => $"at byte {offset - _start} of the event";

    // Several separators in a row are as good as one.
    private void SkipToPair(EventBatch batch)
    {
        int skipped;
        do
        {
            _at += skipped = separators.Blank(Rest(batch));
            skipped += separators.PairAt(Rest(batch));
            _at += separators.PairAt(Rest(batch));
        }
        while (skipped > 0);
    }

    private string? Pair(EventBatch batch, int row)
    {
        var start = _at;
        if (!TryText(batch, key: true, out var key, out _) || key.Length == 0)
        {
            return key.Kind == FieldKind.Missing ? Unclosed(start) : $"There is no key {At(start)}.";
        }

        if (batch.FieldCount(row) >= EventBatch.MaxFields)
        {
            return $"The event has more than {EventBatch.MaxFields} fields.";
        }

        if (!TryName(batch.Bytes(key.Offset, key.Length), out var field))
        {
            return $"The pipeline has met more than {FieldTable.MaxNames} different field names; this event brings another one.";
        }

        _at += separators.Blank(Rest(batch));
        var separator = separators.KeyValueAt(Rest(batch));
        _at += separator;
        return separator > 0 ? Value(batch, row, field) : Flag(batch, row, field, start);
    }

    private string? Flag(EventBatch batch, int row, ushort field, int start)
    {
        if (!options.Flags)
        {
            return $"The key {At(start)} has no value.";
        }

        batch.SetBool(row, field, true);
        return Separated(batch);
    }

    private string? Value(EventBatch batch, int row, ushort field)
    {
        _at += separators.Blank(Rest(batch));
        var start = _at;
        if (!TryText(batch, key: false, out var value, out var quoted))
        {
            return Unclosed(start);
        }

        if (value.Length > Slot.MaxLength)
        {
            return $"The value {At(start)} is longer than {Slot.MaxLength} bytes.";
        }

        var text = batch.Bytes(value.Offset, value.Length);
        var slot = default(Slot);
        slot.SetText(JsonText.IsPlain(text) ? FieldKind.PlainString : FieldKind.String, value.Offset, value.Length);
        if (options.Infer && !quoted)
        {
            InferredType.Apply(text, ref slot);
        }

        batch.Put(row, field) = slot;
        return Separated(batch);
    }

    private string Unclosed(int start) => $"The quote {At(start)} is never closed.";

    private string? Separated(EventBatch batch)
    {
        _at += separators.Blank(Rest(batch));
        return _at == _end || separators.PairAt(Rest(batch)) > 0 ? null : $"Text follows a closing quote {At(_at)}.";
    }

    // A key or a value; false (and a part of kind Missing) when its quote is never closed.
    private bool TryText(EventBatch batch, bool key, out TextPart part, out bool quoted)
    {
        var rest = Rest(batch);
        quoted = !rest.IsEmpty && rest[0] == _quote;
        if (!quoted)
        {
            var length = key ? separators.EndOfKey(rest) : separators.EndOfValue(rest);
            part = new TextPart(_at, separators.Trimmed(rest[..length]), FieldKind.String);
            _at += length;
            return true;
        }

        part = default;
        var end = QuotedText.End(rest[1..], _quote, out var escaped);
        if (end < 0)
        {
            return false;
        }

        part = escaped ? QuotedText.Unescape(batch, _at + 1, end, _quote) : new TextPart(_at + 1, end, FieldKind.String);
        _at += end + 2;
        return true;
    }

    private bool TryName(ReadOnlySpan<byte> key, out ushort field)
    {
        if (_prefix.Length == 0)
        {
            return fields.TryAdd(key, out field);
        }

        _name.Clear();
        _name.Write(_prefix);
        _name.Write(key);
        return fields.TryAdd(_name.Written, out field);
    }
}
