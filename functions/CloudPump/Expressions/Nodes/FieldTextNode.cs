using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>A field tested against a constant text: the shapes `method == 'GET'` and `path.startsWith('/health')`.</summary>
internal sealed class FieldTextNode(FieldNode field, TextTest test, byte[] constant) : BoolNode
{
    private readonly Value _otherwise = field.Otherwise;
    private FieldReader _reader = new(field.Field);
    private OverloadError? _noOverload;

    public override Truth Test(Scope scope)
    {
        var slot = _reader.Read(scope);
        if (slot.Kind is FieldKind.String or FieldKind.PlainString)
        {
            return Of(TextTestNode.Matches(test, scope.Batch.Text(slot), constant));
        }

        var value = slot.Kind == FieldKind.Missing ? _otherwise : Value.OfSlot(scope.Batch, slot);
        return TextTestNode.TestOther(scope, test, value, ref _noOverload);
    }
}
