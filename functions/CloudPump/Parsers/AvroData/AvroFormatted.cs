using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>Base of values that become a short text: dates, exact decimals, UUIDs.</summary>
/// <param name="kind">A plain string or a number.</param>
/// <param name="skip">What reads over the value.</param>
internal abstract class AvroFormatted(FieldKind kind, AvroNode skip) : AvroNode
{
    /// <summary>The longest text.</summary>
    protected const int Longest = 1_024;

    public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field)
    {
        var length = Format(ref cursor, batch.Reserve(Longest));
        if (!cursor.Failed)
        {
            batch.Put(row, field).SetText(kind, batch.Commit(length), length);
        }
    }

    public override void Write(ref AvroCursor cursor, ByteBuffer json)
    {
        var quote = kind == FieldKind.Number ? 0 : 1;
        var text = json.GetSpan(Longest + 2);
        var length = Format(ref cursor, text.Slice(quote, Longest));
        if (quote > 0)
        {
            text[0] = (byte)'"';
            text[length + 1] = (byte)'"';
        }

        json.Advance(length + (2 * quote));
    }

    public override void Skip(ref AvroCursor cursor) => skip.Skip(ref cursor);

    /// <summary>Reads the value, and writes its text; returns its length.</summary>
    protected abstract int Format(ref AvroCursor cursor, Span<byte> text);
}
