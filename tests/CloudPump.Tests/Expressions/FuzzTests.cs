using System.Text.Json;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Tests.Expressions;

/// <summary>Broken expressions are mistakes with a place, and whatever can be read evaluates to a value: nothing else is ever thrown.</summary>
public class FuzzTests
{
    private const string Pieces = "()[]{}.,:?+-*/%!&|=<>'\"\\`0123456789eEuxrb \n\tandtrue_ňé😀";

    [Fact]
    public void A_broken_expression_throws_only_mistakes()
    {
        string[] texts = [.. File.ReadLines(TestData.Require("cel/conformance.ndjson")).Select(Text)];
        var random = new Random(20261010);
        var row = new Row().With("a", Value.Of(1L)).With("x", Value.Of("text")).WithJson("y", FieldKind.Object, """{"z":[1,"é\n",{"q":null}]}""");
        for (var i = 0; i < 20_000; i++)
        {
            var text = Broken(texts[random.Next(texts.Length)], random);
            try
            {
                var value = row.Evaluate(text);
                _ = value.ToString();
                if (!value.IsError)
                {
                    ValueFields.Set(row.Batch, row.Number, row.Id("target"), value);
                    row.Batch.RemoveField(row.Number, row.Id("target"));
                }
            }
            catch (ExpressionException mistake)
            {
                Assert.InRange(mistake.Offset, 0, text.Length);
            }
            catch (Exception problem) when (problem is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{text}: {problem}");
            }
        }
    }

    private static string Text(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("expr").GetString()!;
    }

    private static string Broken(string text, Random random)
    {
        for (var edits = random.Next(1, 4); edits > 0 && text.Length > 0; edits--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 4), text.Length - at);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)].ToString()),
                2 => text.Insert(random.Next(text.Length), text.Substring(at, length)),
                _ => text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)].ToString()),
            };
        }

        return text;
    }
}
