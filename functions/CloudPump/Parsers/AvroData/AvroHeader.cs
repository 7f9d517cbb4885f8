using System.Text;

namespace CloudPump.Parsers.AvroData;

/// <summary>The header of a container file (specification 1.12, "Object Container Files"): magic, metadata, sync marker.</summary>
internal ref struct AvroHeader
{
    /// <summary>How many bytes stand between blocks.</summary>
    public const int SyncLength = 16;

    private const int MostEntries = 1_000;

    /// <summary>The writer's schema as JSON.</summary>
    public ReadOnlySpan<byte> Schema { get; private set; }

    public AvroCodec Codec { get; private set; }

    /// <summary>What stands after every block.</summary>
    public ReadOnlySpan<byte> Sync { get; private set; }

    /// <summary>Reads the header; returns what is wrong, or null.</summary>
    public string? Read(ref AvroCursor cursor)
    {
        if (!cursor.Take(4, "The header").SequenceEqual("Obj\u0001"u8))
        {
            return "The event is no Avro container file: it does not begin with Obj and 1, at byte 0.";
        }

        var entries = 0L;
        for (var count = cursor.Block(out _); count > 0; count = cursor.Block(out _))
        {
            entries += count;
            if (entries > MostEntries)
            {
                return $"The header has more than {MostEntries} entries, at byte {cursor.Position}.";
            }

            for (; count > 0 && !cursor.Failed; count--)
            {
                if (Entry(ref cursor) is { } wrong)
                {
                    return wrong;
                }
            }
        }

        Sync = cursor.Take(SyncLength, "The sync marker");
        return cursor.Error ?? (Schema.IsEmpty ? "The header has no avro.schema." : null);
    }

    private string? Entry(ref AvroCursor cursor)
    {
        var key = AvroBytes.Text(ref cursor);
        var value = cursor.Take(cursor.Long(), "The header's value");
        if (key.SequenceEqual("avro.schema"u8))
        {
            Schema = value;
        }
        else if (key.SequenceEqual("avro.codec"u8))
        {
            AvroCodec? codec = value.SequenceEqual("null"u8) || value.IsEmpty ? AvroCodec.Null
                : value.SequenceEqual("deflate"u8) ? AvroCodec.Deflate
                : value.SequenceEqual("snappy"u8) ? AvroCodec.Snappy
                : null;
            Codec = codec ?? AvroCodec.Null;
            return codec is null ? $"The codec that is named before byte {cursor.Position} is not supported; there are null, deflate and snappy." : null;
        }

        return null;
    }
}
