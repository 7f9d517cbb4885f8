using System.Text;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

public sealed class CaseTests
{
    [Theory]
    [InlineData("'Žluťoučký KŮŇ'.lower()", "žluťoučký kůň")]
    [InlineData("'Žluťoučký kůň'.upper()", "ŽLUŤOUČKÝ KŮŇ")]
    [InlineData("'ΑΒΣ'.lower() + 'абв'.upper()", "αβσАБВ")]
    [InlineData("'straße'.upper()", "STRAßE")]
    [InlineData("'Ⱥ'.lower() + '\U00010400'.lower()", "ⱥ\U00010428")]
    [InlineData("name.lower()", "get /index.html")]
    [InlineData("''.upper() + '1-2'.lower() + '日本'.upper()", "1-2日本")]
    [InlineData("' \u00a0x\t '.trim()", "x")]
    public void Letters_of_every_script_change_one_by_one(string expression, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(new Row().With("name", Value.Of("GET /Index.html")).Evaluate(expression).Bytes));

    [Fact]
    public void Text_that_is_no_utf8_stays_as_it_is()
    {
        var row = new Row();
        row.Batch.SetText(row.Number, row.Id("bad"), FieldKind.String, [(byte)'A', 0xff, (byte)'B', 0xc3]);
        Assert.Equal([(byte)'a', 0xff, (byte)'b', 0xc3], row.Evaluate("bad.lower()").Bytes.ToArray());
    }

    [Fact]
    public void Room_is_enough_for_every_code_point()
    {
        var row = new Row();
        for (var code = 1; code < 0x20000; code++)
        {
            if (Rune.TryCreate(code, out var rune))
            {
                var text = string.Concat(Enumerable.Repeat(rune.ToString(), 3));
                row.With("text", Value.Of(text));
                Assert.Equal(Rune.ToUpperInvariant(rune).ToString(), Encoding.UTF8.GetString(row.Evaluate("text.upper()").Bytes)[..Rune.ToUpperInvariant(rune).Utf16SequenceLength]);
                Assert.False(row.Evaluate("text.lower()").IsError);
            }

            code += code < 0x3000 ? 0 : 16;
        }
    }
}
