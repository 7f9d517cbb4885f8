using System.Text;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>Writes the line that says where a document goes: `{"create":{"_index":"weblogs-2026.10.10","_id":"..."}}`.</summary>
internal sealed class ActionLine(ElasticsearchSink sink, string pipeline, FieldTable fields)
{
    private readonly CompiledExpression _time = sink.Time.Compile(fields);
    private readonly DocumentId _id = new(pipeline, sink.Id?.Compile(fields));
    private readonly byte[] _end = End(sink.Pipeline);
    private readonly ByteBuffer _start = new(128);
    private long _period = -1;

    /// <summary>Writes the line; false when the event cannot be written and has failed.</summary>
    public bool TryWrite(ByteBuffer output, EventBatch batch, int row)
    {
        // Neighbouring events are mostly of the same day, so the line's start is kept.
        var ticks = Ticks(batch, row);
        if (ticks / sink.Index.Period != _period)
        {
            WriteStart(ticks);
        }

        output.Write(_start.Written);
        if (!_id.TryWrite(output, batch, row))
        {
            return false;
        }

        output.Write(_end);
        return true;
    }

    private static byte[] End(string? ingestPipeline)
    {
        var end = new ByteBuffer(64);
        if (ingestPipeline is not null)
        {
            end.Write(",\"pipeline\":"u8);
            JsonText.WriteString(end, Encoding.UTF8.GetBytes(ingestPipeline));
        }

        end.Write("}}\n"u8);
        return end.Written.ToArray();
    }

    private void WriteStart(long ticks)
    {
        _period = ticks / sink.Index.Period;
        _start.Clear();
        _start.Write(sink.Op == BulkOperation.Create ? "{\"create\":{\"_index\":\""u8 : "{\"index\":{\"_index\":\""u8);
        sink.Index.Write(_start, ticks);
        _start.Write("\",\"_id\":"u8);
    }

    // What has no time of its own is stored all the same: by the time it was received.
    private long Ticks(EventBatch batch, int row)
    {
        if (sink.Index.Period == long.MaxValue)
        {
            return 0;
        }

        var value = _time.Evaluate(batch, row);
        if (value.Kind == ValueKind.Timestamp)
        {
            return value.Ticks;
        }

        return value.Kind == ValueKind.String && TimestampText.TryParse(value.Bytes, out var ticks, out _) ? ticks : batch.Header(row).Received;
    }
}
