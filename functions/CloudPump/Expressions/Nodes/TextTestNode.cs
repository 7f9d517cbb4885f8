using System.Runtime.CompilerServices;

namespace CloudPump.Expressions;

/// <summary>Any value tested against a constant text: the shape `geo.country_code == 'US'`.</summary>
internal sealed class TextTestNode(Node operand, TextTest test, byte[] constant) : BoolNode
{
    private OverloadError? _noOverload;

    public override Truth Test(Scope scope)
    {
        var value = operand.Evaluate(scope);
        return value.Kind == ValueKind.String ? Of(Matches(test, value.Bytes, constant)) : TestOther(scope, value);
    }

    /// <summary>The test itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Matches(TextTest test, ReadOnlySpan<byte> text, ReadOnlySpan<byte> constant) => test switch
    {
        TextTest.Equal => text.SequenceEqual(constant),
        TextTest.NotEqual => !text.SequenceEqual(constant),
        TextTest.StartsWith => text.StartsWith(constant),
        TextTest.EndsWith => text.EndsWith(constant),
        _ => text.IndexOf(constant) >= 0,
    };

    /// <summary>The test of a value that is no text.</summary>
    public static Truth TestOther(Scope scope, TextTest test, in Value value, ref OverloadError? noOverload)
    {
        if (value.IsError)
        {
            return scope.Fail(value);
        }

        if (test is TextTest.Equal or TextTest.NotEqual)
        {
            return Of(test == TextTest.NotEqual);
        }

        var name = test switch
        {
            TextTest.StartsWith => "startsWith",
            TextTest.EndsWith => "endsWith",
            _ => "contains",
        };
        return scope.Fail((noOverload ??= new OverloadError(name)).For(value.Kind, ValueKind.String));
    }

    private Truth TestOther(Scope scope, in Value value) => TestOther(scope, test, value, ref _noOverload);
}
