using System.Buffers.Text;
using System.Text.Unicode;
using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>bytes, string (both with a length before them) or fixed; a field points to them where they lie.</summary>
/// <param name="size">A fixed's size; -1 for the others.</param>
/// <param name="isText">Whether they become a text; else bytes, in JSON base64.</param>
internal sealed class AvroBytes(int size, bool isText) : AvroNode
{
    public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field)
    {
        var start = cursor.Position;
        var value = Read(ref cursor);
        if (value.Length > Slot.MaxLength)
        {
            cursor.FailAt($"A field is longer than {Slot.MaxLength} bytes", start);
        }
        else if (!cursor.Failed)
        {
            var kind = !isText ? FieldKind.Bytes : JsonText.IsPlain(value) ? FieldKind.PlainString : FieldKind.String;
            batch.Put(row, field).SetText(kind, cursor.ArenaPosition - value.Length, value.Length);
        }
    }

    public override void Write(ref AvroCursor cursor, ByteBuffer json)
    {
        var value = Read(ref cursor);
        if (isText)
        {
            JsonText.WriteString(json, value);
            return;
        }

        json.WriteByte((byte)'"');
        Base64.EncodeToUtf8(value, json.GetSpan(Base64.GetMaxEncodedToUtf8Length(value.Length)), out _, out var written);
        json.Advance(written);
        json.WriteByte((byte)'"');
    }

    public override void Skip(ref AvroCursor cursor) => cursor.Take(size < 0 ? cursor.Long() : size, "A string, bytes or fixed");

    /// <summary>A text, such as a map's key: UTF-8 with its length before it.</summary>
    public static ReadOnlySpan<byte> Text(ref AvroCursor cursor)
    {
        var start = cursor.Position;
        var value = cursor.Take(cursor.Long(), "A string");
        if (!Utf8.IsValid(value))
        {
            cursor.FailAt("A string is not valid UTF-8", start);
            return default;
        }

        return value;
    }

    private ReadOnlySpan<byte> Read(ref AvroCursor cursor) =>
        isText ? Text(ref cursor) : size < 0 ? cursor.Take(cursor.Long(), "Bytes") : cursor.Take(size, "A fixed");
}
