using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>A field compared with a constant number: the shape `status >= 500`.</summary>
internal sealed class FieldNumberNode : BoolNode
{
    private readonly Comparison _comparison;
    private readonly string _symbol;
    private readonly long _integer;
    private readonly double _double;
    private readonly bool _isInteger;
    private readonly Value _constant;
    private readonly Value _otherwise;
    private OverloadError? _noOverload;
    private FieldReader _reader;

    public FieldNumberNode(FieldNode field, Comparison comparison, string symbol, Value constant)
    {
        _reader = new FieldReader(field.Field);
        _otherwise = field.Otherwise;
        _comparison = comparison;
        _symbol = symbol;
        _constant = constant;
        _isInteger = constant.Kind == ValueKind.Int;
        _integer = constant.AsInt;
        _double = _isInteger ? constant.AsInt : constant.AsDouble;
    }

    public override Truth Test(Scope scope)
    {
        var slot = _reader.Read(scope);
        if (slot.Kind == FieldKind.Int64)
        {
            return Of(((int)_comparison & (_isInteger ? Ordering.Of(slot.Value, _integer) : Ordering.Of(slot.Value, _double))) != 0);
        }

        return slot.Kind == FieldKind.Double
            ? Of(((int)_comparison & Ordering.Of(slot.AsDouble, _double)) != 0)
            : TestOther(scope, slot);
    }

    private Truth TestOther(Scope scope, in Slot slot)
    {
        var value = slot.Kind == FieldKind.Missing ? _otherwise : Value.OfSlot(scope.Batch, slot);
        if (value.IsError)
        {
            return scope.Fail(value);
        }

        var order = Ordering.Of(value, _constant);
        if (order == Ordering.None && _comparison is not (Comparison.Equal or Comparison.NotEqual))
        {
            return scope.Fail((_noOverload ??= new OverloadError(_symbol)).For(value.Kind, _constant.Kind));
        }

        return Of(order == Ordering.None ? _comparison == Comparison.NotEqual : ((int)_comparison & order) != 0);
    }
}
