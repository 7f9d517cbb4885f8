using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>
/// Writes a document's id: from the event's own id, so that an event delivered twice has one document, or from an expression.
/// The event's id names its stream, which may be a long path, and an id may have 512 bytes. So pipeline, stream and partition are hashed (they belong in it: two
/// pipelines may write the same event to one index), and the position and index follow as they are: `0vJx4fGgpZl3o8hT.4711` or, made of another event, `0vJx4fGgpZl3o8hT.4711.2`.
/// Within a source partition it is unique without luck; between partitions stand 96 bits. Ids that begin alike are also what Elasticsearch stores and finds best.
/// </summary>
internal sealed class DocumentId(string pipeline, CompiledExpression? expression)
{
    private const int HashBytes = 12;
    private const int MaxLength = 512;
    private const int MostOrigins = 1024;
    private readonly Dictionary<Origin, byte[]> _hashes = [];
    private Origin _origin;
    private byte[] _hash = [];

    /// <summary>Writes the id, quoted; false when the expression gives none and the event has failed.</summary>
    public bool TryWrite(ByteBuffer output, EventBatch batch, int row)
    {
        if (expression is not null)
        {
            return TryWriteValue(output, batch, row, expression.Evaluate(batch, row));
        }

        ref readonly var header = ref batch.Header(row);
        var origin = batch.Origins[header.Origin];
        if (_hash.Length == 0 || origin != _origin)
        {
            (_origin, _hash) = (origin, HashOf(origin));
        }

        output.WriteByte((byte)'"');
        output.Write(_hash);
        output.WriteByte((byte)'.');
        EventJsonWriter.WriteInt64(output, header.Offset);
        if (header.Index != 0)
        {
            output.WriteByte((byte)'.');
            EventJsonWriter.WriteInt64(output, header.Index);
        }

        output.WriteByte((byte)'"');
        return true;
    }

    private static bool TryWriteValue(ByteBuffer output, EventBatch batch, int row, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String when value.Bytes.Length is > 0 and <= MaxLength && Utf8.IsValid(value.Bytes):
                JsonText.WriteString(output, value.Bytes);
                return true;
            case ValueKind.Int:
                output.WriteByte((byte)'"');
                EventJsonWriter.WriteInt64(output, value.AsInt);
                output.WriteByte((byte)'"');
                return true;
            default:
                batch.Fail(row, value.Kind switch
                {
                    ValueKind.Error => $"The document's id cannot be told: {value.Reason}",
                    ValueKind.String => $"The document's id has {value.Bytes.Length} bytes; it takes 1 to {MaxLength}, in UTF-8.",
                    _ => $"The document's id is no text and no whole number but of the type {value.Kind}.",
                });
                return false;
        }
    }

    private byte[] HashOf(in Origin origin)
    {
        if (_hashes.TryGetValue(origin, out var known))
        {
            return known;
        }

        if (_hashes.Count == MostOrigins)
        {
            _hashes.Clear();
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{pipeline}\n{origin.Stream}\n{origin.Partition}"));
        return _hashes[origin] = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(digest.AsSpan(0, HashBytes)));
    }
}
