namespace CloudPump.Expressions;

/// <summary>`event`: the whole event.</summary>
internal sealed class EventNode : Node
{
    private EventMap? _map;

    public override Value Evaluate(Scope scope) => Value.OfMap(_map ??= new EventMap(scope));
}
