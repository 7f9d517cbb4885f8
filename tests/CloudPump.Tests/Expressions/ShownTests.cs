using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

/// <summary>A key that stands in an expression, mostly because the environment put it there, is shown nowhere.</summary>
public sealed class ShownTests
{
    [Theory]
    [InlineData("hmac(user, 'secret')", "hmac(user, '***')")]
    [InlineData("hmac(hmac(user, \"one\"),  r'two' ) + hash('three')", "hmac(hmac(user, '***'),  '***' ) + hash('three')")]
    [InlineData("hmac(user, key) == 'x'", "hmac(user, key) == 'x'")]
    public void A_key_is_masked(string text, string shown)
    {
        var expression = Expression.Parse(text);
        Assert.Equal(shown, expression.Shown);
        Assert.Equal(shown, $"{expression}");
        Assert.Equal(text, expression.Text);
    }

    [Fact]
    public void A_key_in_a_measure_is_masked()
    {
        Assert.True(Expression.TryParseCall("unique( (hmac(user, 'secret')), 'x')", out _, out var arguments));
        Assert.Equal("(hmac(user, '***'))", arguments[0].Shown);
    }

    [Fact]
    public void A_dead_letter_does_not_tell_the_key()
    {
        var bench = new Bench().Add("{}").Run(new CloudPump.Transformers.Set { Fields = { { "id", "hmac(missing, 'secret')" } } });
        Assert.Contains("hmac(missing, '***')", bench.Reason, StringComparison.Ordinal);
    }
}
