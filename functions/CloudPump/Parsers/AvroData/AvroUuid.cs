using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>A UUID of 16 bytes, as its text (RFC 9562).</summary>
internal sealed class AvroUuid() : AvroFormatted(FieldKind.PlainString, new AvroBytes(16, isText: false))
{
    protected override int Format(ref AvroCursor cursor, Span<byte> text)
    {
        var bytes = cursor.Take(16, "A UUID");
        var written = 0;
        if (!cursor.Failed)
        {
            new Guid(bytes, bigEndian: true).TryFormat(text, out written);
        }

        return written;
    }
}
