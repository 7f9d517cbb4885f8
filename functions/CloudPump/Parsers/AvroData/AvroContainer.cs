using CloudPump.Events;
using CloudPump.Generators;

namespace CloudPump.Parsers.AvroData;

/// <summary>Makes one event of each record of a container file. The decoder of the last file's schema is kept: files of one kind have one schema.</summary>
internal sealed class AvroContainer(AvroSchema? reader, FieldTable fields, long mostBytes) : EventGenerator
{
    // Records without bytes cost nothing to claim.
    private const int MostEmptyRecords = 65_536;
    private const int LongestReason = 300;
    private readonly AvroBlocks _blocks = new(mostBytes);
    private readonly ByteBuffer _schema = new(1_024);
    private AvroProgram? _program;
    private int _emptyRecords;

    protected override string? Generate(EventBatch batch, int row, ChildEvents children)
    {
        if (batch.Header(row).RawLength < 0)
        {
            return RawParser.NoOriginal;
        }

        var offset = batch.Header(row).RawOffset;
        var cursor = new AvroCursor(batch.Raw(row), offset);
        var header = new AvroHeader();
        _emptyRecords = 0;
        if (header.Read(ref cursor) is { } wrong)
        {
            return wrong;
        }

        if (Program(header.Schema) is { } mismatch)
        {
            return mismatch;
        }

        for (var number = 1; cursor.Left > 0 && !IsLineEnd(cursor, number); number++)
        {
            var start = cursor.Position;
            if (Block(ref cursor, header, batch, children) is { } error)
            {
                return $"Block {number}, which begins at byte {start}: {error}";
            }
        }

        return null;
    }

    // Editors and the like put a line end after the last block; it is the only thing that is passed over.
    private static bool IsLineEnd(in AvroCursor cursor, int block) => block > 1 && cursor.Rest is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];

    private string? Block(ref AvroCursor cursor, in AvroHeader header, EventBatch batch, ChildEvents children)
    {
        var count = cursor.Long();
        var data = cursor.Take(cursor.Long(), "The block");
        var at = cursor.ArenaPosition - data.Length;
        var length = data.Length;
        if (count < 0)
        {
            cursor.Fail("The count of records is below zero");
        }

        if (!cursor.Take(AvroHeader.SyncLength, "The sync marker").SequenceEqual(header.Sync))
        {
            cursor.FailAt("The sync marker after the block is not that of the header", cursor.Position - AvroHeader.SyncLength);
        }

        return cursor.Error ?? _blocks.Open(header.Codec, batch, ref at, ref length) ?? Records(batch, at, length, count, children);
    }

    private string? Records(EventBatch batch, int at, int length, long count, ChildEvents children)
    {
        // The arena may be moved while records are read; what this span points to stays as it is.
        var cursor = new AvroCursor(batch.Bytes(at, length), at);
        for (var number = 1L; number <= count; number++)
        {
            var start = cursor.Position;
            if (!children.TryAdd(0, 0, out var child))
            {
                return TooMany;
            }

            cursor.Made = 0;
            _program!.Read(ref cursor, batch, child);
            if (cursor.Failed || (cursor.Position == start && ++_emptyRecords > MostEmptyRecords))
            {
                return cursor.Failed ? $"record {number} of its data: {cursor.Error}" : $"more than {MostEmptyRecords} records take no bytes.";
            }

            batch.SetRaw(child, at + start, cursor.Position - start);
            batch.MarkParsed(child);
        }

        return cursor.Left == 0 ? null : $"{cursor.Left} bytes of its data follow the last record, at byte {cursor.Position}.";
    }

    private string? Program(ReadOnlySpan<byte> schema)
    {
        if (_program is not null && schema.SequenceEqual(_schema.Written))
        {
            return null;
        }

        try
        {
            _program = null;
            _program = AvroProgram.Create(AvroSchemaReader.Read(schema.ToArray()), reader, fields);
            _schema.Clear();
            _schema.Write(schema);
            return null;
        }
        catch (AvroSchemaException e)
        {
            // The names in it are the file's own: a hostile one may be of any length.
            return $"The file's schema is wrong or does not fit the reader's: {(e.Message.Length > LongestReason ? e.Message[..LongestReason] : e.Message)}";
        }
    }
}
