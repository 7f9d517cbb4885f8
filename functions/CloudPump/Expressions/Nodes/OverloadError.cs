namespace CloudPump.Expressions;

/// <summary>The error that a function cannot take values of these types; the last one is kept, as the next is mostly the same.</summary>
internal sealed class OverloadError(string function)
{
    private (ValueKind First, ValueKind Second, ValueKind Third) _kinds;
    private EvaluationError? _error;

    public Value For(ValueKind first, ValueKind second = ValueKind.Error, ValueKind third = ValueKind.Error)
    {
        if (_error is null || _kinds != (first, second, third))
        {
            var types = new[] { first, second, third }.Where(k => k != ValueKind.Error).Select(TypeNames.Of);
            _kinds = (first, second, third);
            _error = new EvaluationError($"'{function}' does not take ({string.Join(", ", types)})");
        }

        return Value.OfError(_error);
    }
}
