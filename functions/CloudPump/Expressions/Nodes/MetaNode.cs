using System.Text;

namespace CloudPump.Expressions;

/// <summary>`meta`, or one of its parts: where the event comes from and when.</summary>
internal sealed class MetaNode(string? part) : Node
{
    /// <summary>The names of the parts.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["stream", "partition", "offset", "index", "received", "id"];

    public override Value Evaluate(Scope scope) => part is null ? Whole(scope) : Part(part, scope);

    private static Value Whole(Scope scope)
    {
        Value[] keys = [.. Parts.Select(Value.Of)];
        var values = new Value[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            values[i] = Part(Parts[i], scope);
        }

        return Value.OfMap(new MapValue(keys, values, keys.Length));
    }

    private static Value Part(string part, Scope scope)
    {
        ref readonly var header = ref scope.Batch.Header(scope.Row);
        switch (part)
        {
            case "stream":
                var stream = scope.Batch.Origins[header.Origin].Stream;
                return scope.Commit(Encoding.UTF8.GetBytes(stream, scope.Reserve(stream.Length * 3)));
            case "partition":
                return Value.Of((long)scope.Batch.Origins[header.Origin].Partition);
            case "offset":
                return Value.Of(header.Offset);
            case "index":
                return Value.Of(header.Index);
            case "received":
                return EventFunctions.Received(scope);
            default:
                return EventFunctions.Id(scope);
        }
    }
}
