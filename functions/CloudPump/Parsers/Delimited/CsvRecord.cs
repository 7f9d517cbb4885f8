using System.Buffers;
using CloudPump.Events;

namespace CloudPump.Parsers.Delimited;

/// <summary>
/// Reads records of RFC 4180 from a batch's arena, one after another: fields between delimiters, in quotes when they hold delimiters, quotes (doubled) or line ends. Lines
/// end with LF or CR LF; empty ones are no records.
/// </summary>
internal sealed class CsvRecord(byte delimiter, byte quote)
{
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private readonly SearchValues<byte> _ends = SearchValues.Create([delimiter, .. LineEnd]);
    private CsvField[] _fields = new CsvField[16];
    private int _count;
    private int _position;
    private int _end;

    /// <summary>The record's fields.</summary>
    public ReadOnlySpan<CsvField> Fields => _fields.AsSpan(0, _count);

    /// <summary>Where the record starts in the arena.</summary>
    public int Offset { get; private set; }

    /// <summary>Its length, line end included.</summary>
    public int Length => _position - Offset;

    /// <summary>What is wrong with it; null when nothing is. Positions count from the beginning of the record.</summary>
    public string? Problem { get; private set; }

    /// <summary>Goes to the beginning of a text.</summary>
    public void Begin(int start, int length) => (_position, _end) = (start, start + length);

    /// <summary>Reads the next record; false at the end of the text.</summary>
    public bool TryRead(EventBatch batch)
    {
        SkipEmptyLines(batch);
        Offset = _position;
        _count = 0;
        Problem = null;
        if (_position >= _end)
        {
            return false;
        }

        while (ReadField(batch))
        {
        }

        return true;
    }

    private void SkipEmptyLines(EventBatch batch)
    {
        while (_position < _end && LineEndAt(batch) is var length and > 0)
        {
            _position += length;
        }
    }

    private int LineEndAt(EventBatch batch)
    {
        var rest = batch.Bytes(_position, _end - _position);
        return rest is [(byte)'\n', ..] ? 1 : rest is [(byte)'\r'] or [(byte)'\r', (byte)'\n', ..] ? Math.Min(rest.Length, 2) : 0;
    }

    // Whether another field follows in this record.
    private bool ReadField(EventBatch batch)
    {
        if (_position < _end && batch.Bytes(_position, 1)[0] == quote)
        {
            return ReadQuoted(batch);
        }

        var start = _position;
        while (true)
        {
            var next = batch.Bytes(_position, _end - _position).IndexOfAny(_ends);
            _position = next < 0 ? _end : _position + next;
            if (_position >= _end || batch.Bytes(_position, 1)[0] == delimiter || LineEndAt(batch) > 0)
            {
                Add(start, _position - start, quoted: false);
                return Delimited(batch);
            }

            // A carriage return alone is part of the field.
            _position++;
        }
    }

    private bool ReadQuoted(EventBatch batch)
    {
        var start = ++_position;
        var doubled = false;
        while (true)
        {
            var next = batch.Bytes(_position, _end - _position).IndexOf(quote);
            if (next < 0)
            {
                Problem = $"The quote that opens before byte {start - Offset} of the record is never closed.";
                _position = _end;
                return false;
            }

            _position += next + 1;
            if (_position >= _end || batch.Bytes(_position, 1)[0] != quote)
            {
                break;
            }

            doubled = true;
            _position++;
        }

        AddQuoted(batch, start, _position - 1 - start, doubled);
        if (_position < _end && batch.Bytes(_position, 1)[0] != delimiter && LineEndAt(batch) == 0)
        {
            Problem = $"At byte {_position - Offset} of the record text follows a closing quote.";
            SkipLine(batch);
            return false;
        }

        return Delimited(batch);
    }

    private bool Delimited(EventBatch batch)
    {
        if (_position >= _end)
        {
            return false;
        }

        if (batch.Bytes(_position, 1)[0] == delimiter)
        {
            _position++;
            return true;
        }

        _position += LineEndAt(batch);
        return false;
    }

    private void SkipLine(EventBatch batch)
    {
        var feed = batch.Bytes(_position, _end - _position).IndexOf((byte)'\n');
        _position = feed < 0 ? _end : _position + feed + 1;
    }

    private void AddQuoted(EventBatch batch, int offset, int length, bool doubled)
    {
        if (!doubled)
        {
            Add(offset, length, quoted: true);
            return;
        }

        var output = batch.Reserve(length);
        var text = batch.Bytes(offset, length);
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            output[written++] = text[i];
            i += text[i] == quote ? 1 : 0;
        }

        Add(batch.Commit(written), written, quoted: true);
    }

    private void Add(int offset, int length, bool quoted)
    {
        if (_count == _fields.Length)
        {
            Array.Resize(ref _fields, _count * 2);
        }

        _fields[_count++] = new CsvField(offset, length, quoted);
    }
}
