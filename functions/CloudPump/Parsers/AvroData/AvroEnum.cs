using System.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>An enum, as the text of the reader's symbol.</summary>
internal sealed class AvroEnum : AvroNode
{
    private readonly byte[]?[] _symbols;

    public AvroEnum(AvroSchema writer, AvroSchema reader)
    {
        var known = reader.Symbols.ToHashSet(StringComparer.Ordinal);
        _symbols = [.. writer.Symbols.Select(s => known.Contains(s) ? s : reader.EnumDefault).Select(s => s is null ? null : Encoding.UTF8.GetBytes(s))];
    }

    public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field)
    {
        var symbol = Read(ref cursor);
        if (!cursor.Failed)
        {
            batch.SetString(row, field, symbol);
        }
    }

    public override void Write(ref AvroCursor cursor, ByteBuffer json) => JsonText.WriteString(json, Read(ref cursor));

    public override void Skip(ref AvroCursor cursor) => cursor.Int();

    private ReadOnlySpan<byte> Read(ref AvroCursor cursor)
    {
        var start = cursor.Position;
        var index = cursor.Int();
        if ((uint)index < (uint)_symbols.Length && _symbols[index] is { } symbol)
        {
            return symbol;
        }

        cursor.FailAt((uint)index < (uint)_symbols.Length ? "An enum has a symbol that the reader's schema does not know" : "An enum has a symbol that its schema does not have", start);
        return default;
    }
}
