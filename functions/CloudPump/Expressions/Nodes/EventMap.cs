namespace CloudPump.Expressions;

/// <summary>The whole event as a map.</summary>
internal sealed class EventMap(Scope scope) : MapObject
{
    public override int Count => scope.Batch.FieldCount(scope.Row);

    public override void Entry(int index, out Value key, out Value value)
    {
        var field = scope.Batch.FieldIds(scope.Row)[index];
        key = Value.OfText(scope.Batch.Fields.Utf8Name(field).ToArray());
        value = Value.OfSlot(scope.Batch, scope.Batch.Get(scope.Row, field));
    }

    public override bool TryGet(in Value key, out Value value)
    {
        value = default;
        if (key.Kind != ValueKind.String || !scope.Batch.Fields.TryGet(key.Bytes, out var field) || !scope.Batch.Has(scope.Row, field))
        {
            return false;
        }

        value = Value.OfSlot(scope.Batch, scope.Batch.Get(scope.Row, field));
        return true;
    }
}
