using System.Buffers;
using System.Buffers.Text;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>What derives from the event: the time received, ids and samples. The same event gives the same results on every delivery.</summary>
internal static class EventFunctions
{
    public static IEnumerable<Overload> All =>
    [
        Overload.Of("now", false, 0, (scope, _) => scope.HasEvent ? Received(scope) : NoEvent, isPure: false),
        Overload.Of("uuid", false, 0, (scope, _) => scope.HasEvent ? Uuid(scope) : NoEvent, isPure: false),
        Overload.Of("sample", false, 1, Sample, isPure: false),
    ];

    private static Value NoEvent => Value.OfError(EvaluationError.NoEvent);

    public static Value Received(Scope scope) => Value.OfTimestamp(scope.Batch.Header(scope.Row).Received);

    /// <summary>The event's id as text.</summary>
    public static Value Id(Scope scope)
    {
        ref readonly var header = ref scope.Batch.Header(scope.Row);
        var origin = scope.Batch.Origins[header.Origin];
        var room = scope.Reserve((origin.Stream.Length * 3) + 64);
        var length = Encoding.UTF8.GetBytes(origin.Stream, room);
        length += Part(room[length..], origin.Partition);
        length += Part(room[length..], header.Offset);
        length += Part(room[length..], header.Index);
        return scope.Commit(length);
    }

    private static int Part(Span<byte> room, long number)
    {
        room[0] = (byte)'/';
        Utf8Formatter.TryFormat(number, room[1..], out var length);
        return length + 1;
    }

    private static Value Sample(Scope scope, ReadOnlySpan<Value> arguments)
    {
        var share = arguments[0].Kind switch
        {
            ValueKind.Double => arguments[0].AsDouble,
            ValueKind.Int => arguments[0].AsInt,
            _ => double.NaN,
        };
        if (double.IsNaN(share))
        {
            return Overload.None;
        }

        if (!scope.HasEvent)
        {
            return NoEvent;
        }

        // 53 bits of the hash as a fraction of one.
        return Value.Of((StableHash.Of(Id(scope).Bytes) >> 11) * (1.0 / (1L << 53)) < share);
    }

    private static Value Uuid(Scope scope)
    {
        var id = Id(scope);
        var high = StableHash.Of(id.Bytes);

        // The other half hashes the id once more with a mark at its end, so that all 122 bits depend on the whole id.
        var marked = scope.Reserve(id.TextLength + 1)[..(id.TextLength + 1)];
        id.Bytes.CopyTo(marked);
        marked[^1] = (byte)'#';
        var low = StableHash.Of(marked);

        // RFC 9562: version 8, whose content is ours.
        high = (high & 0xFFFF_FFFF_FFFF_0FFF) | 0x8000;
        low = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        Span<byte> hex = stackalloc byte[32];
        Utf8Formatter.TryFormat(high, hex, out _, new StandardFormat('x', 16));
        Utf8Formatter.TryFormat(low, hex[16..], out _, new StandardFormat('x', 16));
        return Dashed(scope, hex);
    }

    private static Value Dashed(Scope scope, ReadOnlySpan<byte> hex)
    {
        var output = scope.Reserve(36);
        var at = 0;
        for (var i = 0; i < hex.Length; i++)
        {
            if (i is 8 or 12 or 16 or 20)
            {
                output[at++] = (byte)'-';
            }

            output[at++] = hex[i];
        }

        return scope.Commit(at);
    }
}
