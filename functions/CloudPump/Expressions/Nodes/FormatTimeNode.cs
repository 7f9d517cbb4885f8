namespace CloudPump.Expressions;

/// <summary>`format_time` with a constant pattern and zone, which are read once.</summary>
internal sealed class FormatTimeNode(Node time, TimePattern pattern, Zone zone) : Node
{
    private readonly OverloadError _noOverload = new("format_time");

    public override Value Evaluate(Scope scope)
    {
        var value = time.Evaluate(scope);
        if (value.Kind == ValueKind.Timestamp)
        {
            return pattern.Write(scope, value, zone.OffsetAt(value.Ticks));
        }

        return value.IsError ? value : _noOverload.For(value.Kind, ValueKind.String);
    }
}
