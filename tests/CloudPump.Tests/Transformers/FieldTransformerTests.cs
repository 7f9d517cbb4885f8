using CloudPump.Events;
using CloudPump.Transformers;

namespace CloudPump.Tests.Transformers;

public sealed class FieldTransformerTests
{
    [Theory]
    [InlineData("b", "a + 1", """{"a":1,"b":2}""")]
    [InlineData("a", "'x' + string(a)", """{"a":"x1"}""")]
    [InlineData("o.p", "a", """{"a":1,"o":{"p":1}}""")]
    [InlineData("b", "[a, 2]", """{"a":1,"b":[1,2]}""")]
    [InlineData("b", "null", """{"a":1,"b":null}""")]
    [InlineData("b", "timestamp('2026-10-10T00:00:00Z')", """{"a":1,"b":"2026-10-10T00:00:00Z"}""")]
    [InlineData("b", "duration('90s')", """{"a":1,"b":"90s"}""")]
    [InlineData("b", "a > 0", """{"a":1,"b":true}""")]
    public void Set_stores_what_the_expression_yields(string field, string expression, string expected) =>
        Assert.Equal(expected, Bench.Apply(new Set { Fields = { { field, expression } } }, """{"a":1}"""));

    [Fact]
    public void A_later_assignment_sees_an_earlier_one() =>
        Assert.Equal("""{"a":1,"b":2,"c":4}""", Bench.Apply(new Set { Fields = { { "b", "a + 1" }, { "c", "b * 2" } } }, """{"a":1}"""));

    [Fact]
    public void An_assignment_that_fails_makes_a_dead_letter_that_names_both_sides()
    {
        var bench = new Bench().Add("""{"a":"secret"}""").Run(new CloudPump.Parsers.Json(), new Set { Fields = { { "b", "a + 1" }, { "c", "1" } } });
        Assert.Empty(bench.Events);
        Assert.StartsWith("'b' cannot be set to 'a + 1': ", bench.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", bench.Reason, StringComparison.Ordinal);
        Assert.Equal(1, bench.Batch.Failures[0].Step);
    }

    [Fact]
    public void Remove_takes_fields_and_nested_ones() => Assert.Equal(
        """{"b":{"y":2},"d":4}""",
        Bench.Apply(new Remove { Fields = ["a", "b.x", "c", "none", "b.none"] }, """{"a":1,"b":{"x":1,"y":2},"c":3,"d":4}"""));

    [Theory]
    [InlineData("a", "z", """{"z":1,"b":{"x":2,"y":3},"c":"t"}""")]
    [InlineData("a", "c", """{"c":1,"b":{"x":2,"y":3}}""")]
    [InlineData("a", "b.a", """{"b":{"x":2,"y":3,"a":1},"c":"t"}""")]
    [InlineData("b.x", "x", """{"a":1,"b":{"y":3},"c":"t","x":2}""")]
    [InlineData("b.x", "b.z", """{"a":1,"b":{"y":3,"z":2},"c":"t"}""")]
    [InlineData("c", "c.name", """{"a":1,"b":{"x":2,"y":3},"c":{"name":"t"}}""")]
    [InlineData("b", "b.b", """{"a":1,"c":"t","b":{"b":{"x":2,"y":3}}}""")]
    [InlineData("none", "a", """{"a":1,"b":{"x":2,"y":3},"c":"t"}""")]
    [InlineData("b.none", "a", """{"a":1,"b":{"x":2,"y":3},"c":"t"}""")]
    [InlineData("a", "a", """{"a":1,"b":{"x":2,"y":3},"c":"t"}""")]
    public void Rename_moves_a_value(string from, string to, string expected) =>
        Assert.Equal(expected, Bench.Apply(new Rename { Fields = { { from, to } } }, """{"a":1,"b":{"x":2,"y":3},"c":"t"}"""));

    [Fact]
    public void Renames_follow_one_another() =>
        Assert.Equal("""{"b":1,"a":2}""", Bench.Apply(new Rename { Fields = { { "a", "t" }, { "b", "a" }, { "t", "b" } } }, """{"a":1,"b":2}"""));

    [Fact]
    public void Filter_keeps_what_holds_and_a_missing_field_does_not()
    {
        var bench = new Bench().Add("""{"n":1}""", """{"n":3}""", """{"m":3}""", """{"n":"x"}""", """{"n":null}""")
            .Run(new CloudPump.Parsers.Json(), new Filter { When = "n > 2" });
        Assert.Equal("""{"n":3}""", bench.Single);
        Assert.Equal([Removal.Filtered, Removal.None, Removal.Filtered, Removal.Dead, Removal.Dead], Enumerable.Range(0, 5).Select(bench.Batch.RemovalOf));
        Assert.StartsWith("The condition 'n > 2' cannot be told: ", bench.Batch.Failures[0].Reason, StringComparison.Ordinal);
    }
}
