using System.Text.Json;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Expressions;

/// <summary>Broken expressions are mistakes with a place, and whatever can be read evaluates to a value: nothing else is ever thrown.</summary>
public class FuzzTests
{
    private const string Pieces = "()[]{}.,:?+-*/%!&|=<>'\"\\`0123456789eEuxrb \n\tandtrue_ňé😀";

    // What is no part of CEL; repeated, so that they are as frequent as the sections of the suite.
    private static readonly string[] Own =
    [
        "hash(x, 'md5') + hash(b'a') + hmac(x, 'key') + hmac(x, x)", "'Žluťoučký'.lower() + x.upper() + ' x '.trim()",
        "parse_url('https://u:p@Example.com:8443/a%20b?q=1&q=%C5%99&z#f').parameters.q[1] + string(parse_url(x + ':1'))",
        "parse_url('//[2001:db8::1]:80/x?a=b+c')", "'10.1.2.3'.ip_in('10.0.0.0/8') || x.ip_in(['::ffff:10.0.0.0/104', '2001:db8::/32', x])",
        "format_time(timestamp('2026-10-10T13:55:36.123456789Z'), \"yyyy-MM-dd'T'HH:mm:ss.fffffffffzzz\", 'Europe/Prague') + format_time(now(), x + 'ddd MMM yy')",
        "format_time(now(), 'HH:mm', x) + string(now().getHours('+02:00'))", "lookup('cells', [a, x], 'none') == lookup('cells', a).b",
        "geo_cell(50.08, 14.42, 5km) + uuid() + string(sample(0.5))", "cel.bind(u, parse_url(y.z[1]), u.path == x || u.port + a > 1)",
    ];

    [Fact]
    public void A_broken_expression_throws_only_mistakes()
    {
        string[] texts = [.. File.ReadLines(TestData.Require("cel/conformance.ndjson")).Select(Text), .. Enumerable.Repeat(Own, 12).SelectMany(o => o)];
        var random = new Random(20261010);
        var row = new Row().With("a", Value.Of(1L)).With("x", Value.Of("text")).WithJson("y", FieldKind.Object, """{"z":[1,"é\n",{"q":null}]}""");
        for (var i = 0; i < ProcessorFuzz.Inputs; i++)
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
