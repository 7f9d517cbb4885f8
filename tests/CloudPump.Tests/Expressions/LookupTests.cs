using System.Text;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public sealed class LookupTests
{
    private static readonly Tables Lookups = new();

    [Theory]
    [InlineData("lookup('cells', cell)", "\"Brno\"")]
    [InlineData("lookup('cells', 7)", "\"Brno\"")]
    [InlineData("lookup('cells', 8, 'nowhere')", "\"nowhere\"")]
    [InlineData("lookup('cells', missing, 'nowhere')", "\"nowhere\"")]
    [InlineData("lookup('cells', missing, other)", "2")]
    [InlineData("lookup('sites', 'a').city + '!'", "\"Oslo!\"")]
    [InlineData("lookup('sites', 'a').tags[1]", "2")]
    [InlineData("lookup('pairs', [cell, 'x'])", "1.5")]
    [InlineData("lookup('pairs', parts)", "1.5")]
    [InlineData("lookup('pairs', ['x', cell], null)", "null")]
    [InlineData("has(lookup('sites', 'a').city)", "true")]
    public void An_entry_is_found_by_its_key(string expression, string json) =>
        Assert.Equal(json, Event().Compile(expression).Evaluate(_row.Batch, _row.Number).ToString());

    [Theory]
    [InlineData("lookup('cells', 8)", "the lookup table 'cells' has no such key", true)]
    [InlineData("lookup('cells', missing)", "the event has no field 'missing'", true)]
    [InlineData("lookup('cells', 1 / zero, 'x')", "division by zero", false)]
    [InlineData("lookup('pairs', [cell, missing])", "the event has no field 'missing'", true)]
    public void What_is_not_there_is_missing(string expression, string reason, bool isMissing)
    {
        var value = Event().Compile(expression).Evaluate(_row.Batch, _row.Number);
        Assert.Equal(reason, value.Reason);
        Assert.Equal(isMissing, value.IsMissing);
    }

    [Fact]
    public void A_condition_over_a_missing_entry_is_false()
    {
        Event();
        var condition = Expression.Parse("lookup('cells', 8) == 'Brno'").CompileCondition(_row.Batch.Fields, Lookups);
        Assert.False(condition.Test(_row.Batch, _row.Number, out var error));
        Assert.Null(error);
    }

    [Fact]
    public void An_entry_is_asked_for_each_time()
    {
        // A table's content may change, so nothing of a lookup is computed in advance.
        var asked = Lookups.Asked;
        var compiled = Event().Compile("lookup('cells', 7)");
        compiled.Evaluate(_row.Batch, _row.Number);
        compiled.Evaluate(_row.Batch, _row.Number);
        Assert.Equal(asked + 2, Lookups.Asked);
    }

    [Fact]
    public void The_tables_are_known_with_their_places()
    {
        var expression = Expression.Parse("lookup('a', x) == lookup('b', lookup('a', [y]), 1) || tags.exists(t, lookup('c', t))");
        Assert.Equal([("a", 7), ("b", 25), ("a", 37), ("c", 76)], expression.LookupNames.Order(Comparer<(string, int Offset)>.Create((a, b) => a.Offset - b.Offset)));
        Assert.Equal(["tags", "x", "y"], expression.FieldNames);
    }

    [Theory]
    [InlineData("1 + lookup('cels', cell)", 11, "cells")]
    [InlineData("lookup('nothing', cell)", 7, null)]
    public void An_unknown_table_is_a_mistake_with_its_place(string text, int offset, string? suggestion)
    {
        var mistake = Assert.Throws<ExpressionException>(() => Expression.Parse(text).Compile(new FieldTable(), Lookups));
        Assert.Equal(offset, mistake.Offset);
        Assert.Equal(suggestion, mistake.Suggestion);
        Assert.Throws<ExpressionException>(() => Expression.Parse(text).CompileCondition(new FieldTable(), Lookups));
    }

    [Theory]
    [InlineData("lookup(name, 1)")]
    [InlineData("lookup('a' + 'b', 1)")]
    [InlineData("lookup(1, 1)")]
    public void The_table_is_named_by_a_text(string text) =>
        Assert.Contains("as in lookup('cells', cell_id)", Assert.Throws<ExpressionException>(() => Expression.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_tables_a_lookup_fails_when_it_is_evaluated() =>
        Assert.Equal("there is no lookup table 'cells' here", new Row().Evaluate("lookup('cells', 1)").Reason);

    [Theory]
    [InlineData("lookup('cells', cell)")]
    [InlineData("lookup('pairs', [cell, 'x'])")]
    [InlineData("lookup('sites', 'a').city")]
    public void A_lookup_takes_no_memory(string expression) => Assert.Equal(0, Memory.Of(Event().Compile(expression), _row));

    private readonly Row _row = new();

    private LookupTests Event()
    {
        _row.With("cell", Value.Of(7L)).With("other", Value.Of(2L)).With("zero", Value.Of(0L)).With("parts", Value.OfList(Value.Of(7L), Value.Of("x")));
        return this;
    }

    private CompiledExpression Compile(string expression) => Expression.Parse(expression).Compile(_row.Batch.Fields, Lookups);

    private sealed class Tables : ILookups
    {
        public int Asked { get; private set; }

        public IEnumerable<string> Names => ["cells", "sites", "pairs"];

        public ILookupTable? Find(string name) => Names.Contains(name, StringComparer.Ordinal) ? new Table(this, name) : null;

        private sealed class Table(Tables tables, string name) : ILookupTable
        {
            private static readonly byte[] Text = "a Brno b"u8.ToArray();
            private static readonly byte[] Json = Encoding.UTF8.GetBytes("""xx{"city":"Oslo","tags":[1,2]}yy""");

            public bool TryGet(ReadOnlySpan<Value> key, long now, out Value value)
            {
                tables.Asked++;
                value = name switch
                {
                    "cells" when key.Length == 1 && key[0].Kind == ValueKind.Int && key[0].AsInt == 7 => Value.OfText(Text, 2, 4),
                    "sites" when key.Length == 1 && key[0].Bytes.SequenceEqual("a"u8) => Value.OfJson(Json, 2, Json.Length - 4),
                    "pairs" when key.Length == 2 && key[0].AsInt == 7 && key[1].Bytes.SequenceEqual("x"u8) => Value.Of(1.5),
                    _ => Value.OfError(EvaluationError.NoSuchKey),
                };
                return !value.IsError;
            }
        }
    }
}
